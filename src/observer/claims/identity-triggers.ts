import { about, rest } from './about-oneself.ts'
import { anyPronouns, anyTimezone } from './named-values.ts'
import type { Trigger } from './triggers.ts'

const oneOrTwoWords = "[a-z][a-z'-]+(?: [a-z][a-z'-]+)?"
const greetingTail = ',? (?:nice|pleased|glad|happy|good|lovely) to (?:meet|see|be|e-?meet)\\b'

const names = [
  ...about('call_me', 'instruction', [
    `PLEASEcall me (?!\\S+,? but )${rest}`,
    `(?:my (?:first |nick|preferred |full |real )?)?name(?:'?s| is)(?: spelled| spelt)? ${rest}`,
    `i(?:'?d| would)? (?:go|prefer to go|like to go) by ${rest}`,
    `(?:i prefer|i like|i'?d like|i'?d prefer|i want|i would like) to be called ${rest}`,
    `IM called ${rest}`,
    `(?:my )?(?:friends|people|everyone|everybody|colleagues|folks|most people|family|they)(?: all)? (?:just |usually )?calls? me ${rest}`,
    `PLEASE(?:address|refer to) me (?:as|by|with) (?:my name )?${rest}`,
    `PLEASEuse the name ${rest}`,
    `(?:bitte )?(?:nennt?|nenne|nennen sie|ruft?) mich (?:bitte |einfach |nur )*${rest}`,
    `ich heisse? ${rest}|mein name ist (?<w>.+)`,
    `(?:(?:du |ihr |sie )?(?:kannst|konnt|konnen)) mich (?:gerne |einfach |ruhig |auch )*(?<v>.+) nennen`,
    `(?:sag|sagt|sagen sie) (?:einfach |ruhig |bitte |doch )*(?<v>\\S+) zu mir`,
    `(?:tu peux|vous pouvez) m'appeler ${rest}`,
    `just (?<v>[a-z'-]+) (?:is fine|will do|works)(?=$|[ ,])`,
    `je m'appelle ${rest}`,
    `(?:appelle|appelez)(?:-| )moi ${rest}|mon (?:nom|prenom) est (?<w>.+)`,
    `me llamo ${rest}`,
    `(?:llamame|llameme|puedes llamarme|dime) ${rest}|mi nombre es (?<w>.+)`,
  ]),
  ...about(
    'call_me',
    'fact',
    [
      `IM (?<v>${oneOrTwoWords})(?=$|,|${greetingTail}| from the | btw\\b| by the way\\b)`,
      `this is (?<v>${oneOrTwoWords})(?=$|,| here\\b|${greetingTail})`,
      `(?:ich )?bin (?:der |die )(?<v>${oneOrTwoWords})(?=$|,)`,
      `moi c'est (?<v>${oneOrTwoWords})(?=$|,)|soy (?<w>${oneOrTwoWords})(?=$|,| y mucho gusto| encantad[oa])`,
    ],
    { sure: false },
  ),
]

const identity = [
  ...about('pronouns', 'instruction', [
    `(?<v>${anyPronouns})(?=$|[ ,]*(?:btw|by the way|please|pls|here|for me|are my pronouns)(?: |$))`,
    `(?:my )?(?:preferred )?pronouns(?: are| r| is|:)? (?<v>${anyPronouns})`,
    `i OFTEN(?:use|go by|prefer|take) (?<v>${anyPronouns})(?: pronouns)?`,
    `PLEASEuse (?<v>${anyPronouns})(?: pronouns)?(?: for me| when .*)?`,
    `PLEASErefer to me (?:as|with|by) (?<v>${anyPronouns})`,
    `(?:meine pronomen sind|mes pronoms sont|mis pronombres son) (?<v>${anyPronouns})`,
  ]),
  ...about('timezone', 'fact', [
    `my time ?zone(?:'?s| is) (?<v>${anyTimezone})`,
    `IM (?:in|on|at) (?:the )?(?<v>${anyTimezone})(?: time ?zone)?`,
    `i OFTEN(?:live|work|am|stay) (?:in|on) (?:the )?(?<v>${anyTimezone})(?: time ?zone)?`,
    `PLEASEuse (?<v>${anyTimezone})(?: times?| for times)?END`,
    `(?:meine zeitzone ist|mon fuseau horaire est|mi zona horaria es) (?<v>${anyTimezone})`,
  ]),
]

/** Who people say they are. */
export const identityTriggers: readonly Trigger[] = [...names, ...identity]
