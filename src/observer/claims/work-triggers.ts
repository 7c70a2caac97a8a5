import { about, day, rest } from './about-oneself.ts'
import type { Trigger } from './triggers.ts'

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

/** What people say they do, know and use, where and when. */
export const workTriggers: readonly Trigger[] = [...working, ...knowing, ...whereWhen]
