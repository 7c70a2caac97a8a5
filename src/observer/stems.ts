/** Words that say nothing of what a sentence is about, in the languages that most people write here. */
const stopWords = new Set(
  `a about above after again all also always am an and any are aren as at be because been before being below between both but
  by can cannot could couldn d did didn do does doesn doing don down during each ever every few for from further get got had
  hadn has hasn have haven having he her here hers him his how i if in into is isn it its itself just ll let like m me might
  more most must my myself need no nor not now of off on once only or other our ours out over own please re really s same
  she should shouldn so some still such t than that the their theirs them then there these they thing this those through to
  too under until up us ve very want was wasn we well were weren what when where which while who whom why will with won would
  wouldn you your yours yourself know tell think
  aber alle als also am an auch auf aus bei bin bis bist da dann das dass dein deine dem den der des dich die dir doch du
  durch ein eine einem einen einer eines er es etwas euch für hab habe haben hat ich ihm ihn ihr im in ist ja kann kein keine
  man mein meine mich mir mit nach nicht noch nur oder schon sehr sein seine sich sie sind so über um und uns unser vom von vor
  war was wenn wer wie wir wird zu zum zur
  au aux avec ce ces dans de du elle en est et il je la le les leur lui ma mais me mes moi mon ne nos notre nous ou par pas
  pour qu que qui sa se ses son sur ta te tes toi ton tu un une vos votre vous
  al como con del el ella en es esta este los las lo más mi muy no nos o para pero por se si sin su sus te tu un una y ya yo`
    .split(/\s+/u)
    .filter(word => word !== ''),
)

const word = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu
/** Scripts that write no blanks between words: each pair of characters stands for a word. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u
const maxLength = 32

/** What a text is about: its words without those that are everywhere, each cut to what its forms share, in their order. Pure. */
export function stems(text: string): readonly string[] {
  return (text.normalize('NFKC').toLowerCase().match(word) ?? []).flatMap(stemsOf)
}

function stemsOf(found: string): readonly string[] {
  const plain = found.replace(/['’]\p{L}+$/u, '')
  if (stopWords.has(plain)) return []
  if (unspaced.test(plain)) return pairs(plain)
  if (plain.length < 2 && !/\p{N}/u.test(plain)) return []
  return [stem(plain.slice(0, maxLength))]
}

function pairs(text: string): readonly string[] {
  const units = [...text]
  return units.length === 1 ? units : units.slice(1).map((unit, i) => `${units[i]}${unit}`)
}

/** Takes off the commonest endings of English, and with them many of other languages; never so much that little is left. */
function stem(plain: string): string {
  const accents = plain.normalize('NFD').replace(/\p{M}/gu, '')
  if (accents.length < 4 || /\p{N}/u.test(accents)) return accents
  const [, body = accents] =
    /^(.{3,})(?:ations?|ings?|ers?|ies|ied|ed|es|ly|ment|s|y|e|en|em)$/u.exec(accents.replace(/(?<=.{3})'?s$/u, '')) ??
    []
  // `running` and `run` meet.
  return body.replace(/([b-df-hj-np-tv-xz])\1$/u, '$1')
}
