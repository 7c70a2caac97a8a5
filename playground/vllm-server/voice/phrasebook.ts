import type { Language } from './standing-lines.ts'

/** The sentences that every conversation needs. `words` are the question's own, already in quotation marks. */
export type Phrases = Readonly<{
  tag: string
  identity: (persona: string) => readonly string[]
  greeting: (name: string | undefined) => readonly string[]
  learnt: (about: string, value: string) => readonly string[]
  recalled: (about: string, value: string) => readonly string[]
  unknown: (about: string) => readonly string[]
  talk: (words: string) => readonly string[]
}>

const en: Phrases = {
  tag: "(I am the playground's scripted stand-in, not a language model.)",
  identity: persona => [
    `I am a small scripted stand-in for ${persona}, and no language model.`,
    'I answer from a fixed set of sentences, so that everything around me can be tried without a graphics card.',
    'A real vLLM server takes my place as soon as one is configured.',
  ],
  greeting: name => [
    `Hello${name ? ` ${name}` : ''}, it is good to hear from you!`,
    'How has your day been so far?',
    'Ask me for a list, a piece of code or a long story, and watch it grow.',
  ],
  learnt: (about, value) => [
    about === 'name' ? `Nice to meet you, ${value}!` : `I will remember that your ${about} is ${value}.`,
    'Ask me about it later and I will look it up in what you said.',
  ],
  recalled: (about, value) => [
    about === 'name' ? `Your name is ${value}.` : `Your ${about} is ${value}.`,
    'You told me so earlier in this conversation.',
  ],
  unknown: about => [
    `I do not know your ${about} yet.`,
    'Tell me and I will keep it in mind for as long as this conversation reaches back.',
  ],
  talk: words => [
    `You asked about ${words}, and I took that in.`,
    `A real model would now tell you what it knows of ${words}.`,
    'I can only show how an answer grows, word by word, in the place where you read it.',
    'Tell me which part of it matters to you, and I will stay with that.',
    'What you say stays in this conversation, and you can ask me about it later.',
    'If you would like to see more of me, ask for a list, a table or a long story.',
  ],
}

const de: Phrases = {
  tag: '(Ich bin das Skript des Spielplatzes und kein Sprachmodell.)',
  identity: persona => [
    `Ich bin ein kleines Skript, das ${persona} vertritt, und kein Sprachmodell.`,
    'Ich antworte mit festen Sätzen, damit sich alles um mich herum ohne Grafikkarte ausprobieren lässt.',
  ],
  greeting: name => [`Hallo${name ? ` ${name}` : ''}, schön, von dir zu hören!`, 'Wie war dein Tag bisher?'],
  learnt: (about, value) => [
    about === 'name' ? `Freut mich, ${value}!` : `Ich merke mir: ${about} ist ${value}.`,
    'Frag mich später danach.',
  ],
  recalled: (about, value) => [about === 'name' ? `Du heißt ${value}.` : `Du hast gesagt: ${about} ist ${value}.`],
  unknown: about => [`Das weiß ich noch nicht (${about}).`],
  talk: words => [
    `Du hast nach ${words} gefragt, und ich habe es gehört.`,
    `Ein echtes Modell würde dir jetzt erzählen, was es über ${words} weiß.`,
    'Ich kann nur zeigen, wie eine Antwort Wort für Wort wächst.',
    'Sag mir, welcher Teil davon dir wichtig ist.',
  ],
}

const fr: Phrases = {
  tag: "(Je suis le script du terrain d'essai, pas un modèle de langue.)",
  identity: persona => [`Je suis un petit script qui remplace ${persona}, et pas un modèle de langue.`],
  greeting: name => [`Bonjour${name ? ` ${name}` : ''}, quel plaisir de te lire !`, 'Comment se passe ta journée ?'],
  learnt: (about, value) => [about === 'name' ? `Enchanté, ${value} !` : `Je retiens : ${about}, ${value}.`],
  recalled: (about, value) => [about === 'name' ? `Tu t'appelles ${value}.` : `Tu as dit : ${about}, ${value}.`],
  unknown: about => [`Je ne le sais pas encore (${about}).`],
  talk: words => [
    `Tu as demandé ${words}, et je l'ai bien noté.`,
    `Un vrai modèle te dirait maintenant ce qu'il sait de ${words}.`,
    'Moi, je montre seulement comment une réponse grandit, mot après mot.',
  ],
}

const es: Phrases = {
  tag: '(Soy el guion del patio de pruebas, no un modelo de lenguaje.)',
  identity: persona => [`Soy un pequeño guion que reemplaza a ${persona}, y no un modelo de lenguaje.`],
  greeting: name => [`Hola${name ? ` ${name}` : ''}, ¡qué alegría leerte!`, '¿Cómo va tu día?'],
  learnt: (about, value) => [about === 'name' ? `¡Mucho gusto, ${value}!` : `Lo recordaré: ${about}, ${value}.`],
  recalled: (about, value) => [about === 'name' ? `Te llamas ${value}.` : `Dijiste: ${about}, ${value}.`],
  unknown: about => [`Todavía no lo sé (${about}).`],
  talk: words => [
    `Preguntaste por ${words}, y lo he anotado.`,
    `Un modelo de verdad te contaría ahora lo que sabe de ${words}.`,
    'Yo solo muestro cómo crece una respuesta, palabra por palabra.',
  ],
}

export const phrasebook: Readonly<Record<Language, Phrases>> = { en, de, fr, es }
