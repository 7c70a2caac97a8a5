import type { ClaimKind, Slot } from '#src/core/claim.ts'
import { anyPronouns, anyTimezone } from './named-values.ts'
import { type Trigger, trigger } from './triggers.ts'

function about(
  slot: Slot,
  kind: ClaimKind,
  sources: readonly string[],
  more: Partial<Trigger> = {},
): readonly Trigger[] {
  return sources.map(source => {
    const sure = !passing.has(slot) || source.startsWith('my ')
    return trigger(slot, kind, source, { sure, ...more })
  })
}

/** Often said of the moment, or of what somebody is not ("I'm a bit tired", "I want to sort a list"): only with a model's hint. */
const passing: ReadonlySet<Slot> = new Set(['goal', 'current_project', 'schedule', 'open'])

/** The rest of the clause. */
const rest = '(?<v>.+)'
const day =
  '(?:mon|tues?|wed(?:nes)?|thurs?|fri|satur|sun)(?:day)?s?|weekends?|weekdays|week|month|year|day|mornings?|evenings?|afternoons?|nights?|noon|midnight|today|tonight|tomorrow|january|february|march|april|may|june|july|august|september|october|november|december|\\d{1,2}(?::\\d\\d)? ?(?:am|pm|uhr|h)?|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|morgen|abends?|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?|lunes|martes|miercoles|jueves|viernes|sabados?|domingos?'

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

const working = [
  ...about('role', 'fact', [
    `IM OFTEN(?:an? |the )${rest}`,
    `i OFTEN(?:work|earn my living|freelance) as (?:an? |the )?${rest}`,
    `my (?:current )?(?:job|role|profession|occupation|title|job title|position)(?: here| at work)? (?:is|involves) (?!to )(?:an? |the |being an? |that of an? )?${rest}`,
    `i OFTEN(?<v>teach .+)`,
    `i OFTEN(?:do|work in) (?<v>(?:marketing|sales|hr|support|it|design|research|logistics|consulting|devops|security|accounting|customer (?:service|support)|public relations|pr|qa|data)(?: .*)?)`,
    `as an? (?!(?:result|rule|matter|consequence|side|last|first|general|test|joke|favou?r|reminder|kid|child|teen\\w*|student once)\\b)(?<v>[^,]+?),? i (?!a)`,
    `HAVE (?:been|worked as) an? (?<v>[a-z -]+?) (?:for|since) .*`,
    `(?:ich )?bin (?:von beruf |ubrigens |jetzt )?(?:ein |eine |der |die )?${rest}`,
    `ich arbeite als (?:ein |eine )?${rest}|von beruf bin ich (?<w>.+)`,
    `je suis (?:un |une |le |la )?${rest}|je travaille comme (?<w>.+)`,
    `(?:yo )?soy (?:un |una |el |la )?${rest}|trabajo (?:de|como) (?<w>.+)`,
  ]),
  ...about('team', 'fact', [
    `IM (?:(?:working|now|currently|also) )*(?:on|in|with|part of|a member of|a part of) the (?<v>.+?(?:team|group|squad|department|crew|unit))`,
    `my (?:team|squad|group|department)(?:'?s name)? (?:is called|is named|is the|is) ${rest}`,
    `i OFTEN(?:work|am) (?:in|on|for|with) the (?<v>.+?(?:team|group|squad|department|crew|unit))`,
    `i (?:just |recently )?(?:joined|moved to|switched to|lead|run|manage|head) the (?<v>.+?(?:team|group|squad|department|crew|unit))`,
    `ich bin im (?<v>.+?team)|je suis dans l'equipe (?<w>.+)|estoy en el equipo (?<x>.+)`,
  ]),
  ...about('workplace', 'fact', [
    `i OFTEN(?:work|am employed|am working) (?:at|for) (?:the |an? )?${rest}`,
    `IM OFTEN(?:working|employed) (?:at|for|by|with) (?:the |an? )?${rest}`,
    `my (?:company|employer|firm|workplace|office) is (?:called |named |in |the )?${rest}`,
    `i (?:just |recently )?(?:started|joined) (?:working )?at (?:the |an? )?${rest}`,
    `i OFTENwork in (?:an? |the )(?<v>(?:[a-z-]+ ){0,2}(?:library|school|bakery|shop|store|restaurant|cafe|bar|hotel|museum|factory|warehouse|lab|gym|bookshop|supermarket|studio|brewery|garage|kitchen|nursery|theatre|theater)\\b.*)`,
    `i own (?:an? )(?<v>.*(?:shop|store|company|restaurant|cafe|bakery|studio|farm).*)`,
    `ich arbeite? (?:GERADE)?(?:bei|fur|in) (?:der |dem |einer |einem )?${rest}|ich bin bei (?<w>.+) angestellt`,
    `je (?:travaille|bosse) (?:chez|a|pour|dans) (?:la |le |une |un |l')?${rest}`,
    `(?:yo )?trabajo (?:en|para) (?:la |el |una |un )?${rest}`,
  ]),
  ...about('working_hours', 'fact', [`i (?:don'?t|do not|never) work (?:on )?(?:the )?(?<v>${day})`], { polarity: -1 }),
  ...about('working_hours', 'fact', [
    `i OFTEN(?:work) (?<v>(?:from |between |until |till )?(?:about |around )?(?:\\d.*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dawn) (?:to|till|until|and) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dusk|noon|midnight|\\d+)\\b.*|${day}).*)`,
    `i OFTEN(?:work|do) (?<v>(?:the )?(?:night|early|late|day|evening|morning|weekend|split)(?: | and )?.*(?:shifts?|s)?)`,
    `i OFTEN(?<v>(?:start|begin|finish|stop|end|clock in|log off)(?: work| working| my day)? (?:at|around|by|from).*\\d.*)`,
    `my (?:working|office|work|core|business) hours are (?:from |between )?${rest}`,
    `my (?:shift|workday|day at work) (?:is|starts|ends|begins|runs) ${rest}`,
    `i OFTENwork (?<v>(?:part|full)[ -]time.*|late|early|nights|weekends)`,
    `IM (?:at work|in the office|working|online|available) (?<v>(?:from|between|until|on|till) .*)`,
    `ich arbeite (?:immer |meist |meistens )?(?:von |bis )?(?<v>\\d.*|(?:nachts|abends|teilzeit|halbtags|morgens|von .*)).*`,
    `je travaille (?<v>(?:de \\d|la nuit|le soir).*)|trabajo (?<w>(?:de \\d|de noche|por la).*)`,
  ]),
  ...about('current_project', 'fact', [
    `IM OFTEN(?:working on|building|developing|making|designing|writing|creating|renovating|restoring|composing|migrating|planning|coding|hacking on|editing|organi[sz]ing) (?:an? |the |my |our |some )?${rest}`,
    `my (?:current |main |latest |side |new |big |own )*project (?:is called|is named|is about|is to build|is|involves) (?:an? |the )?${rest}`,
    `i OFTEN(?:work|am working) on (?:an? |the |my |our )?${rest}`,
    `ich (?:arbeite?|schreibe?|baue?|bastle) (?:GERADE)?(?:an )?(?:an )?(?:einem |einer |einen |eine |ein |meinem |meiner |der |dem |den )?${rest}`,
    `je travaille sur (?:un |une |le |la |mon |ma )?${rest}|estoy (?:trabajando en|construyendo|escribiendo) (?:un |una |el |la |mi )?(?<w>.+)`,
  ]),
]

const knowing = [
  ...about('education', 'fact', [
    `i OFTEN(?:study|studied|am studying|major in|majored in|minor in) (?:for (?:an? |my ))?${rest}`,
    `IM OFTEN(?:studying|majoring in|doing (?:an?|my)|getting my|finishing my|enrolled in|writing my|taking) (?:an? |the )?${rest}`,
    `my (?:major|minor|degree|field of study|field|subject|phd|thesis|studies) (?:is|are|is in|is about)(?: in)? ${rest}`,
    `i OFTEN(?:go to|attend|graduated from|finished|take) (?:the |an? )?(?<v>.*(?:school|university|college|course|class|classes|uni|academy|degree|lessons).*)`,
    `(?:HAVE|i hold|i got|i did) (?:an? |my )?(?<v>.*(?:degree|master|bachelor|phd|doctorate|diploma|apprenticeship|ba|bsc|msc|mba)\\b.*)`,
    `ich (?:studiere?|lerne an|mache eine ausbildung (?:als|zum|zur)) ${rest}`,
    `(?:j'etudie|je fais des etudes (?:de|d')) ?(?:la |le |l'|les )?${rest}|(?:estudio|estoy estudiando) (?<w>.+)`,
  ]),
  ...about('expertise', 'fact', [
    `IM (?:still |completely |totally |quite |pretty |very |relatively |fairly )*(?<v>(?:new (?:to|at|in)|good (?:at|with)|bad at|experienced (?:in|with)|familiar with|fluent in|comfortable with|proficient (?:in|with)|unfamiliar with|rusty (?:in|at|with)|skilled (?:in|at|with)|versed in|self-taught (?:in|at)?) .+)`,
    `IM (?:still |just |only )?(?:an? )(?:(?:absolute|complete|total|bloody) )?(?<v>(?:beginner|newbie|novice|expert|noob|pro|specialist|intermediate|amateur|veteran|power user)\\b(?: .+)?)`,
    `i OFTEN(?:know|understand|speak) (?:an? lot about |a bit of |some |much about |about )?(?<v>[a-z0-9+# ]+?)(?: very well| quite well| well| fluently| a bit| a little| inside out)`,
    `i (?:don'?t|do not) (?:really )?(?<v>know (?:much|anything|a lot) about .+)`,
    `(?:HAVE|i'?ve got|i got) (?:about |over |more than |around |some |a lot of |little |no |lots of )?(?<v>.*\\bexperience (?:with|in|of) .+)`,
    `i speak (?<v>(?:fluent|some|a little|a bit of|basic|broken|good|decent) [a-z]+)`,
    `HAVE been (?<v>[a-z]+ing .* (?:for|since) .+)`,
    `HAVE (?:already |really |actually )?(?<v>never (?:used|tried|worked with|written|learned|programmed|touched|done|heard of|played) .+)`,
    `ich (?:bin|bin noch|bin ein|bin eine) (?:ein |eine )?(?<v>(?:anfanger(?:in)?|experte|expertin|profi|neuling)(?: .+)?)|ich kann (?:gut )?(?<w>.+)`,
    `ich kenne? mich (?:ganz |sehr |recht |gut )*(?:mit|in|bei) (?<v>.+?)(?: (?:ganz |sehr |recht |ziemlich )?gut)? aus`,
    `je (?:suis|debute)(?: un| une)? (?<v>(?:debutante?|experte?)? ?(?:en|avec) .+)|soy (?<w>(?:principiante|experto|experta|nuevo|nueva) en .+)`,
  ]),
]

const whereWhen = [
  ...about('location', 'fact', [
    `i OFTEN(?:live|reside|stay|am living) (?:just |right )?(?:in|near|at|on|close to|outside) (?:the |an? )?${rest}`,
    `IM OFTEN(?:living|based|located|staying|settled|at home) (?:in|near|at|on|out of|close to|outside) (?:the )?${rest}`,
    `IM (?:originally |actually )?from (?:the )?${rest}`,
    `i OFTEN(?:work|am working) (?:remotely|from home)? ?(?:from|out of|in) (?:the )?${rest}`,
    `i (?:just |recently |have )?moved (?:here )?(?:to|from [a-z]+ to) (?:the )?${rest}`,
    `i (?:come|hail) from (?:the )?${rest}`,
    `my (?:home ?town|city|home|country|home city) is (?:in )?${rest}`,
    `(?:ich )?(?:wohne?|lebe?|komme?) (?:GERADE)?(?:in|aus|bei|nahe) (?:der |den )?${rest}`,
    `(?:j'habite|je vis|je viens)(?: a| en| au| aux| dans| de| d')? ?(?:la |le |l')?${rest}`,
    `(?:vivo|yo vivo|resido|soy) (?:en|de|cerca de) ${rest}`,
  ]),
  ...about('schedule', 'fact', [
    `(?:HAVE|i'?ve got|i got) (?:an? |the |my |to )?(?<v>.*\\b(?:${day})\\b.*)`,
    `IM (?:usually |always |only |mostly |often )?(?<v>(?:free|off|busy|away|back|out|available|travell?ing|on (?:holiday|vacation|leave|call|parental leave)|in meetings|at (?:the gym|choir|school|home)).*)`,
    `my (?<v>(?:standup|stand-up|meeting|lunch|lunch break|exam|exams|deadline|class|classes|train|flight|vacation|holiday|holidays|course|weekly|1:1|shift|sprint|interview|break|training|semester)s?(?: is| are| starts?| begins?| ends?| leaves?).*)`,
    `i OFTEN(?<v>(?:get up|wake up|go to bed|go running|go swimming|go to|leave|meet|pick up|take|eat|have lunch|train|play|do|commute|travel|exercise|answer|plan|teach|rest|sleep|cook) ?.*\\b(?:${day})\\b.*)`,
    `ich (?:habe|bin|stehe) (?<v>.*\\b(?:${day}|urlaub)\\b.*)|j'ai (?<w>.*\\b(?:${day})\\b.*)|je suis (?<x>libre .*)|tengo (?<y>.*\\b(?:${day})\\b.*)|estoy (?<z>libre .*)`,
  ]),
  ...about('tools', 'fact', [`i OFTENwork (?:with|in) (?:the |an? |my )?${rest}`], { sure: false }),
  ...about('tools', 'fact', [
    `i OFTEN(?:use|code in|code with|rely on|run|develop in|write in|write with|type on) (?:the |an? |my )?${rest}`,
    `IM OFTEN(?:using|running) (?:the |an? |my )?${rest}`,
    `IM on (?:an? |the )?(?<v>(?:windows|mac|macos|linux|ubuntu|arch|debian|fedora|android|ios|iphone|chrome|firefox|bsd|nixos|popos|opensuse|chromebook|raspberry).*)`,
    `my (?:(?:main|favou?rite|usual|preferred|daily|default|work) )?(?:editor|ide|os|operating system|browser|stack|shell|database|db|laptop|phone|setup|keyboard|tool|tools|framework|distro|camera|calendar|note app) (?:is|are|is called|runs) (?:an? |the )?${rest}`,
    `(?:i switched|i moved) to (?<v>.+) (?:as my|for my) .*`,
    `ich (?:benutze?|nutze?|verwende?|arbeite? mit) (?:GERADE)?(?:ein |eine |einen |das |den |die )?${rest}`,
    `(?:j'utilise|je me sers de|j'emploie) ?(?:le |la |les |l'|un |une )?${rest}|(?:uso|utilizo) (?:el |la |un |una )?(?<w>.+)`,
  ]),
]

const liking = [
  ...about('likes', 'preference', [
    `i OFTEN(?:like|love|enjoy|adore|prefer|cherish|dig|fancy|appreciate)(?: to)? (?:the |an? )?${rest}`,
    `IM OFTEN(?:into|keen on|fond of|passionate about|crazy about|in love with|obsessed with|interested in|hooked on) (?:the |an? )?${rest}`,
    `IM OFTENan? (?:(?:big|huge|great|massive|real) )?(?:fan|lover|enthusiast) of (?:the )?${rest}`,
    `IM OFTENan? (?:(?:big|huge|great|massive|real|total) )*(?<v>(?!fan )[^,]+?) (?:fan|lover|enthusiast|nerd|geek)$`,
    `i love me some ${rest}`,
    `(?!(?:my|your|his|her|their|this|that|it|he|she|they|you|what|which|who)\\b)(?<v>[a-z][a-z -]{1,30}?) (?:is|are) my (?:(?:absolute|all-time|all time) )?(?:favou?rites?|faves?)\\b`,
    `my (?:(?:absolute|all-time|all time) )?(?:favou?rite|fave?)(?: (?:[a-z]+)){0,2} (?:is|are) (?:the |an? )?${rest}`,
    `my (?:hobby|hobbies|passion|passions|interests?) (?:is|are|include) ${rest}`,
    `ich (?:mag|liebe?|bevorzuge?|steh(?:e)? auf) (?:gerne |gern |sehr |wirklich )?(?:das |den |die |ein |eine )?(?!kein|nicht)${rest}`,
    `(?:ich (?:trinke|esse|spiele|lese|koche|hore|schaue|reise|wandere) (?:sehr )?(?:gerne|gern|lieber)) ?${rest}|mein lieblings\\w+ ist (?<w>.+)`,
    `(?:j'aime|j'adore|je prefere)(?: bien| beaucoup)? (?:le |la |les |l'|un |une )?${rest}`,
    `me (?:gustan?|encantan?)(?: mucho)? (?:el |la |los |las )?${rest}|(?:adoro|prefiero) (?:el |la |los |las )?(?<w>.+)`,
  ]),
  ...about(
    'dislikes',
    'dislike',
    [
      `i OFTEN(?:hate|dislike|detest|loathe|despise|abhor|avoid) (?!to )(?:the |an? )?${rest}`,
      `i (?:really |just |simply |absolutely |personally )*(?:don'?t|do not|never|didn'?t) (?:really |much |particularly |even )?(?:like|enjoy|care for|eat|drink)(?: to)? (?:the |an? |any )?${rest}`,
      `i (?:really |just |simply |absolutely )*(?:can'?t|cannot|can not) (?:really )?(?:stand|bear|abide|tolerate)(?: the)? ${rest}`,
      `(?:IM )?(?:really |just )?(?:not (?:really |exactly )?(?:an? (?:big |huge |great )?(?:fan|lover|friend) of|into|keen on|fond of|interested in)|sick of|tired of) (?:the )?${rest}`,
      `my pet peeve is ${rest}`,
      `ich (?:hasse|verabscheue|mag keine|mag keinen|mag kein) (?:das |den |die )?${rest}|ich mag (?<w>.+) nicht(?: so)?(?: gern)?$`,
      `(?:je deteste|je hais|je n'aime pas(?: trop)?|j'ai horreur de) (?:le |la |les |l'|d'|de )?${rest}`,
      `(?:no me gustan?|odio|detesto) (?:el |la |los |las )?${rest}`,
    ],
    { polarity: -1 },
  ),
  ...about('goal', 'goal', [
    `i OFTEN(?:wanna|want to|hope to) (?<v>(?:learn|become|improve|get better|run|build|travel|speak|read|pass|play|visit|master|understand) .+)`,
    `i OFTEN(?:want|hope|plan|aim|intend|need|aspire) to ${rest}`,
    `i(?:'?d| would) (?:like|love) to (?<v>(?:learn|become|be able|improve|get better|run|write|build|travel|start|switch|speak|read|finish|pass|lose|play|visit|master|understand) .+)`,
    `my (?:(?:current|main|big|new|long-term|next|biggest) )?(?:goal|aim|objective|target|ambition|dream|plan|resolution)(?: this year| for this year| right now)? is (?:to )?${rest}`,
    `IM OFTEN(?:trying|hoping|planning|aiming|working|learning|training|going|about)(?: on)? to ${rest}`,
    `IM OFTEN(?<v>(?:learning|teaching myself) .+)`,
    `IM OFTEN(?:switching|changing|moving)(?: careers?| jobs?)? (?:to|into) ${rest}`,
    `IM OFTEN(?:preparing|training|practi[sc]ing|studying|saving|getting ready) for (?:an? |the |my )?${rest}`,
    `ich (?:will|mochte|versuche?|plane?|lerne?) (?:GERADE|gerne )?(?<v>.+)`,
    `(?:je veux|je voudrais|j'apprends|j'essaie d[e'] ?|mon but est d[e'] ?) ?${rest}|(?:quiero|estoy aprendiendo|mi objetivo es|mi meta es) (?<w>.+)`,
  ]),
]

/** The same without the "I" that people leave out; it may be somebody else's, so only with a model's hint and where no other person is about. */
const clipped = [
  ...about('likes', 'preference', [
    `(?:(?:really |a )?(?:big|huge|massive) (?:fan|lover) of|(?:really |so )into) (?:the )?${rest}`,
    `love me some ${rest}`,
  ]),
  ...about('goal', 'goal', [`(?:trying|hoping|planning|aiming) to ${rest}`, `learning ${rest}`]),
  ...about('current_project', 'fact', [`working on (?:an? |the |my |our )${rest}`]),
  ...about('location', 'fact', [
    `(?:currently |now )?(?:living|based|located) (?:in|near|on|outside) (?:the )?${rest}`,
    `(?:just|recently|only just) moved to (?:the )?${rest}`,
  ]),
  ...about('education', 'fact', [`(?:currently )?(?:studying|doing (?:an?|my)|finishing my) ${rest}`]),
  ...about('expertise', 'fact', [
    `(?:(?:still|pretty|very|quite|totally|relatively|completely) )+(?<v>(?:new to|good at|bad at|rusty in|fluent in) .+)`,
  ]),
  ...about(
    'dislikes',
    'dislike',
    [`(?:really |just |absolutely )*(?:can'?t stand|cannot stand|hate) (?:the )?${rest}`],
    {
      polarity: -1,
    },
  ),
].map(it => ({ ...it, sure: false, isClipped: true }))

const pets =
  '(?:cats?|dogs?|pupp(?:y|ies)|kittens?|rabbits?|hamsters?|parrots?|horses?|chickens?|hens|goats?|bees|fish|turtles?|katzen?|hunde?|chats?|chiens?|gatos?|perros?)'
const instruments =
  '(?:piano|guitar|violin|viola|cello|bass|double bass|drums|flute|clarinet|oboe|bassoon|saxophone|sax|trumpet|trombone|horn|tuba|harp|organ|ukulele|banjo|accordion|harmonica|recorder|keyboards?|klavier|gitarre|geige|schlagzeug|flote|guitare|violon|batterie|guitarra|violin|bateria)'
const games =
  '(?:chess|go|football|soccer|tennis|table tennis|badminton|squash|golf|hockey|rugby|cricket|basketball|volleyball|handball|baseball|darts|pool|poker|bridge|board games|video games|schach|fussball|handball|echecs|foot|futbol|ajedrez)'
const crafts =
  '(?:cycle|bike|hike|climb|swim|run|jog|row|sail|surf|ski|skate|dive|dance|sing|knit|crochet|sew|bake|brew|paint|draw|garden|fish|volunteer|blog)'
const counted = '(?:an?|one|two|three|four|five|some|\\d|eine?n?|zwei|drei|une?|deux|trois|una?|dos|tres)'
/** Only a few plain things: in all the others, figures of speech and what is never kept are at home. */
const other = about(
  'open',
  'fact',
  [
    `(?:HAVE|i'?ve got|i own|i keep) ${counted} (?:[a-z]+ ){0,2}${pets}(?: .*)?$`,
    `i OFTENplay (?:the |some )?(?:${instruments}|${games})(?: .*)?$`,
    `i OFTEN(?:cycle|bike|walk|drive|commute|run) (?:to|from) (?:work|school|uni|university|the office|campus)(?: .*)?$`,
    `i OFTEN${crafts}(?: (?:a lot|regularly|for fun|outdoors|(?:once|twice|every|on|at|in) .+))?$`,
    `i OFTENcollect (?:old |vintage )?(?:stamps|coins|records|vinyl|books|comics|cards|postcards|lego|minerals|maps|watches|cameras|toys)(?: .*)?$`,
    `i grew up (?:in|on|near|by) .+`,
    `ich habe ${counted} (?:[a-z]+ )?${pets}$|ich spiele (?:\\w+ )?(?:${instruments}|${games})$|je joue (?:de la |du |de l'|aux? )(?:${instruments}|${games})$|j'ai ${counted} ${pets}$|(?:toco (?:el |la )${instruments}|juego al ${games})$|tengo ${counted} ${pets}$`,
  ],
  { sure: false },
)

/** How people tell something of themselves. The words of the rest of the clause are the value. */
export const aboutTriggers: readonly Trigger[] = [
  ...names,
  ...identity,
  ...working,
  ...knowing,
  ...whereWhen,
  ...liking,
  ...clipped,
  ...other,
]
