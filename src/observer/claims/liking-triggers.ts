import { about, rest } from './about-oneself.ts'
import type { Trigger } from './triggers.ts'

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

/** What people say they like, want and spend their time with. */
export const likingTriggers: readonly Trigger[] = [...liking, ...clipped, ...other]
