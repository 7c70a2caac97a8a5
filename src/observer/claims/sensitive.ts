import { fold } from './fold.ts'
import { withoutHarmless } from './harmless.ts'

/** What is never kept, whoever asks for it. `none` in the model's mouth: it saw nothing of the kind. */
export const sensitiveKinds = [
  'none',
  'health',
  'mental',
  'sexuality',
  'religion',
  'politics',
  'finance',
  'legal',
  'ethnicity',
  'minor',
  'credential',
] as const
export type SensitiveKind = (typeof sensitiveKinds)[number]

/**
 * The kind of matter that a text touches on and that is never kept, by its words alone (English, and the basics of German, French
 * and Spanish); `none` when it knows none. It rather finds too much: what is dropped by mistake can be said in other words.
 */
export function sensitiveKind(text: string): SensitiveKind {
  const folded = withoutHarmless(fold(text).text)
  return lexicon.find(([, pattern]) => pattern.test(folded))?.[0] ?? 'none'
}

/** `stems` match at the start of a word, `words` only whole ones; both are without accents, as folded. */
function matter(stems: string, words: string, phrases: readonly RegExp[] = []): RegExp {
  const list = (text: string) =>
    text
      .trim()
      .split(/\s+/)
      .map(word => word.replaceAll('_', ' '))
      .join('|')
  const parts = [`\\b(?:${list(stems)})`, `\\b(?:${list(words)})\\b`, ...phrases.map(({ source }) => source)]
  return new RegExp(parts.join('|'))
}

const health = matter(
  `diabet insulin diagnos disease illness sickness asthma allerg cancer tumou?r chemo_?therap radiotherap leuk(?:a)?emi surger surgeon
  hospital clinic medicat medicin prescri antibiotic penicillin painkill ibuprofen paracetamol vaccin pregnan miscarr abort(?:ion|ed) fertilit
  infertil menopaus menstruat contracepti chronic epilep seizure migraine headache insomni arthrit rheuma lupus sclerosis parkinson
  alzheimer dementia celiac coeliac crohn colitis ulcer kidney dialys transplant cardiolog oncolog dermatolog neurolog gyn(?:a)?ecolog
  urolog physiotherap wheelchair disabilit disabled handicap deaf amput prosthe paralys paraplegi covid infect hepatit tubercul pneumon
  bronchit malaria herpes chlamyd syphil syndrome symptom inflamm thyroid hypertens cholesterol an(?:a)?emi obes overweight
  underweight vegetative infusion appendic concuss fractur hernia scolios osteopor arthros endometrio psorias eczema an(?:a)?phyla stroke_patient
  krank(?!en(?:pfleg|schwester)) schwanger blutdruck tablette operiert operation_am arzt ar[zc]t(?:in|lich|termin) schmerz fehlgeburt herzinfarkt schlaganfall impf
  migran maladie malade enceinte avort medecin hopital traitement_medical cpap catheter stoma\\b ostom colostom oxygen_tank glucose nebuli[sz] tranquili[sz] sedativ opioid methadon suboxon viagra
  cialis ivf enfermedad enferm[oa] embaraz asma medico hospital cirug alergi`,
  `hiv aids stent chemo hormones? hrt testosterone estrogen ill sick flu fever rash pills? meds dose dosage inhaler blood stroke lame blind limp crutches doctor's gp ms copd ibs cfs adhs
  pcos uti sti std vih rezept reha medikamente? krebs fieber douleurs? grippe fievre dolor fiebre gripe pain pains painful ache aches ill`,
  [
    /\bheart (?:condition|attack|failure|disease|surgery|problems?|murmur|rate|valve)/,
    /\b(?:my|a|see|seeing|saw|visit|the) (?:doctor|physician|dentist|specialist|nurse practitioner)\b(?! of)(?! who)(?!ate)/,
    /\b(?:broke|broken|sprained|tore|torn|twisted|injured|hurt|fractured|dislocated) (?:my|a|an|his|her|mein)\b/,
    /\bmy (?:back|knee|knees|hip|shoulder|neck|stomach|liver|lungs?|heart|eyes?|legs?|foot|feet|teeth|tooth|skin condition)\b.*\b(?:hurts?|aches?|pains?|problems?|is bad|are bad|is failing|gave out|surgery|operation)/,
    /\b(?:since|after|before) (?:the|my) operation\b|\bhad (?:my|an?) [a-z ]{3,20}(?:\bout|removed|replacement)\b|\b(?:hip|knee|joint|valve) replacement\b|\blumps? in my\b|\blost my (?:hearing|sight|sense of)\b|\b(?:get|feel) dizzy\b/,
    /\bback problems?\b|\b(?:hearing|vision|sight) (?:loss|aid|problems?|impair)|\bhearing aids?\b|\bpacemaker\b/,
    /\b(?:without|lost) my (?:left |right )?(?:hand|arm|leg|foot|eye|sight|hearing)\b|\bmy (?:eye)?(?:sight|hearing|memory|balance) (?:is going|goes|went|fails|is failing)\b|\b(?:walk|walking|talk|talking) again\b|\bwhere i(?:'m| am| get| got) (?:mine|treated|my)\b/,
    /\bin (?:recovery|remission|labou?r)\b|\brecovering from\b|\bi(?:'ve| have)? lost (?:my|the) baby\b|\bmy period\b|\blost \d+ (?:kg|kilos|pounds)\b/,
    /\b(?:ich nehme|je prends|tomo) .*\b(?:tropfen|mittel|pilules?|pastillas?)\b|\bj'ai mal\b|\bme duele\b|\btut mir weh\b/,
  ],
)

const mental = matter(
  `depress(?:ion|ive|ed) antidepress anxiety anxious bipolar therapist psychiatr psycholog psychot psychos autis asperger suicid suizid
  self_?harm anorexi bulimi burn_?out burned_out burnt_out ausgebrannt alcoholi alkohol(?:ab|krank|sucht|iker) addict rehab relaps overdos ritalin adderall prozac
  xanax zoloft lexapro lithium_t schizo paranoi phobia phobi trauma ptsd dyslex dyscalcul tourette borderline insanit mood_swing
  eating_disorder panic_attack panikatt binge_eating mentally nervous_breakdown breakdown depresion ansiedad deprim deprime therapie
  psychologue psiquiatr psicolog cocain heroin\\b amphetamin ketamin mdma psilocyb cannabis marijuana addiction suicid neurodiver`,
  `adhd ocd sober mad angst(?:storung|zustande) therapy aa rehab manic mania meltdowns? grief grieving insane lsd ecstasy shrooms edibles stoned drugs drogen sucht suchtig`,
  [
    /\b(?:have|got|with|my|diagnosed) add\b|\bmental (?:health|illness|breakdown|hospital|problems?|issues?)/,
    /\b(?:want|wanted|going|wish) (?:to|i could) (?:die|kill myself|end it)|\bkill myself\b|\bend my life\b|\bwish i was dead\b/,
    /\b(?:cut|cutting|hurt|hurting|harm|harming|starve|starving) myself\b|\bhear(?:ing)? voices\b|\bpanic attacks?\b/,
    /\bcry(?:ing)? (?:every|all|myself|a lot)\b|\bgambl(?:e|ing) (?:too|away|problem|debts?)|\b(?:take|need) something to (?:stay|sleep|relax|cope|function)\b|\bpsych ward\b/,
    /\bstay(?:ing)? (?:clean|sober)\b|\b(?:off|hit|hitting) the (?:booze|bottle|drink|drugs|cigarettes)\b|\b(?:use|smoke|smoking|vape|vaping|love|like) (?:some |my )?(?:weed|pot(?! (?:plants?|roasts?|pies?|noodles?))|hash(?=$| (?:at|every|to|with)\b))\b|\b(?:lines?|grams?|bumps?) of (?:coke|speed)\b/,
    /\bcan(?:'t|not) stop (?:drinking|gambling|crying|eating|smoking)\b|\bdark thoughts?\b|\bthrow(?:ing)? up after\b/,
    /\bfeel(?:ing)? (?:so |very |really |completely )?(?:hopeless|worthless|empty|numb|suicidal|depressed|desperate)/,
    /\b(?:take|taking|on|prescribed|nehme|prends|tomo) (?:lithium|litio)\b(?! ion)|\bdrink(?:ing)? (?:problem|too much)|\bin einer klinik\b|\beating disorder/,
  ],
)

const finance = matter(
  `salar wage income mortgage debt bankrupt insolven overdraw overdraft pension inherit invest(?:s|ed|ing|ment|or)?\\b bitcoin
  crypto ethereum dogecoin dividend brokerage creditor lottery payday foreclos evict paycheck paycheque payslip
  schulden verschuld gehalt gehal[tz] lohn verdien burgergeld hartz insolvenz kredit hypothek miete_zahl erb(?:e|schaft)_ konto_
  salaire dette chomage loyer sueldo salario deuda endett endeud hipoteca nomina alimony welfare`,
  `loan loans broke rich poor rent savings owe owes owed taxes tax bank shares stocks etf etfs portfolio millionaire wealthy budget_is
  bonus dole poverty wallet iban earn earns earned earning gano gagne arm pleite paro klarna robinhood etoro coinbase binance remortgage casinos? roulette bailiffs? pawned pawnshop financial financially money cash insured`,
  [
    /\bcredit (?:score|card|cards|rating|check|limit|history)/,
    /\bmaxed[- ]out\b|\bpay(?:ing)? (?:off|down)\b|\bfood ?banks?\b|\b(?:penny|casino) slots\b|\b(?:slot|fruit) machines?\b|\b(?:betting|bets?) (?:my|on (?:horses|dogs|football|matches|games|sports))\b/,
    /\bunemployment (?:benefits?|money|insurance)|\bnet worth\b|\bindex funds?\b|\bmutual funds?\b|\bfood stamps?\b/,
    /\b(?:make|makes|made|earn|get|got|paid|pay|lost|owe|inherited|won)\b.*[$€£]|[$€£]\s?\d|\b\d[\d.,]*\s?(?:k|euros?|dollars?|pounds|bucks|eur|usd|gbp|francs|[$€£])(?:\b| |$)/,
    /\b(?:make|made|get|got|on) (?:[a-z-]+ ){0,2}(?:hundred|thousand|grand|million)\b|\b(?:on|off|from) (?:state )?benefits\b|\b(?:on|in) my account\b/,
    /\b(?:a|got a|my) raise\b|\bmake \d|\bcan(?:'t|not) (?:afford|pay)|\bpay(?:ing)? (?:off )?my\b|\bam konto\b|\bgeldsorgen\b|\ben la ruina\b/,
  ],
)

const legal = matter(
  `divorc arrest probation criminal sued suing lawsuit litigat custody imprison jail prison convict felon misdemean restraining
  asylum deport undocumented immigration_stat plead guilty parole subpoena indict prosecut bail_ warrant_ attorney lawyer solicitor barrister
  shoplift stole_ stolen_ theft burglar fraud embezzl defendant plaintiff testif testimon police naturali[sz]
  scheid(?:en|ung) vorbestraft gericht anwalt anklage bewahrung haft_ gefangnis verhaft polizei asyl divorce proces_ avocat prison
  garde_a_vue juicio abogad carcel detenid divorci libertad_condicional denuncia`,
  `dui dwi bail visa courtroom trial lawsuit fined illegal illegally warrant judge jury ticketed stole crime crimes haft
  proces smuggl(?:e|ed|ing) refugee notary_case`,
  [
    /\b(?:under investigation|green card|plea (?:deal|bargain)|restraining order|legal (?:dispute|trouble|case|battle|action|problems?|matter)|community service|house arrest|halfway house|(?:women'?s|homeless) shelter)/,
    /\b(?:charged|accused) (?:with|of)\b|\bcaught (?:with|stealing|shoplifting|driving|speeding)|\bpressing charges\b|\bwitness in\b|\bdrug (?:charge|possession)|\bwith drugs\b|\bdrug dealer\b|\bcourt-ordered\b|\bdrunk driving\b/,
    /\b(?:residence|work) permit\b|\bhave court\b|\b(?:in|to|the|at|of|family|small claims|supreme|high) courts?\b|\bcourt (?:date|case|hearing|order|appearance|fees?)\b|\bprenup|\bmy ex (?:filed|sued)|\bnda\b|\bsettle(?:d|ment)? (?:out of|in) court/,
  ],
)

const sexuality = matter(
  `lesbian bisexual homosexual heterosexual transgender transsexual transident asexual pansexual polyamor nonbinary non-binary genderfluid
  sexual erotic fetish kink bondage bdsm virginit porn lesbisch schwul lesbienne gay queer lgbt`,
  `sex trans transitioning virgin horny nudes onlyfans closeted hetero grindr tinder feeld bumble(?!_bee) fetlife scruff threesomes? orgy orgies swingers? kinky
  dominatrix (?<!moby_)dick dicks boobs blowjobs? hookups?`,
  [
    /\b(?:being|getting|get|be) (?:tied up|spanked|whipped|choked)\b|\bone[- ]night stands?\b|\b(?:older|younger|mature|married) (?:men|women|guys|girls)\b|\bswing(?:er|ing)s? (?:part|club|couple)|\bstrip ?clubs?\b|\b(?:enjoy|like|love) stripping$|(?<!world )\bdomination\b|\brough in bed\b/,
    /\b(?:sleep|sleeping|slept|in bed) with (?:other |my |a |an |some )?(?:men|women|guys|girls|both|boss|ex|colleague|coworker|neighbou?r|teacher|student|guy|girl|man|woman|strangers?)\b|\battracted to\b|\b(?:i'?m|i am) straight\b|\bcoming out\b|\bcame out\b|\bintersex\b|\b(?:boyfriend|girlfriend|husband|wife) and (?:a |my )?(?:boyfriend|girlfriend|husband|wife)\b|\b(?:cheat(?:ed|ing)?|affair) (?:on|with) my\b/,
  ],
)
const religion = matter(
  `muslim islam catholic protestant christian jewish judaism buddhis hindu sikh atheis agnostic mormon evangelical orthodox_ch baptist
  lutheran jehovah quaker pagan wicca scientolog katholi katoli catoli evangelisch christlich judisch musulman juif juive cristian
  judin sunday_school ramadan kosher halal baptis seminar(?:y|ies)\\b gospel parish rabbi imam\\b monaster convent\\b sabbath shabbat`,
  `church mosque synagogue temple pray prays praying god jesus allah bible quran koran torah jew jews jude juden faith kirche moschee beten eglise
  mosquee iglesia religion religious religios mass hajj`,
)
const politics = matter(
  `republican democrats? socialis communis anarchis fascis marxis feminis trumpis labour_party tories tory_ libertarian monarchist
  antifa activis(?:t|m) canvass zionis leftist rightist parteimitglied gewerkschaft syndicat`,
  `voted vote votes voter voting spd cdu csu afd fdp gop brexit labour tory conservative liberal greens leftist rightwing left-wing right-wing
  protest demonstrated wahle podemos psoe vox politics political politically party's union trump biden putin zelensky? merkel scholz merz macron le_pen farage starmer obama
  bernie aoc maga orban erdogan netanyahu bolsonaro milei`,
  [
    /\bfar[- ](?:right|left)\b|\b(?:campaign(?:ed|ing)?|canvass(?:ed|ing)?) for\b|\b(?:went|go|going) to a [a-z]+ rally\b/,
    /\bgovernment (?:hid|l[iy]|cover|control|spy|conspir)|\b(?:member|supporter) of the .*\b(?:party|union|greens|left)\b|\bdie grunen\b|\btrade union\b|\bparty member/,
  ],
)
const ethnicity = matter(
  `ethnic racial indigenous native_american african_american latino latina hispanic caucasian afro-? romani sinti aborigin mestiz mulatt`,
  `biracial descent ancestry refugee immigrant migrant hautfarbe abstammung refugees immigrants`,
  [
    /\b(?:i'?m|i am|as)(?: an?)? (?:black|white|brown|asian|arab|roma|mixed)(?: (?:man|woman|person|guy|girl))?\b/,
    /\bhalf[- ](?:[a-z]+(?:ian|ean|ese)|irish|polish|turkish|greek|french|german|dutch|arab|black|white)\b|\bmy (?:skin|race|roots)\b|\bskin colou?r\b/,
  ],
)
const minor = matter(
  `minderjahrig mineur_ menor_de_edad underage`,
  `thirteen fourteen fifteen sixteen seventeen middle_school kindergarten preschooler grundschuler`,
  [
    /\bi(?:'?m| am)(?: only| just)? (?:[5-9]|1[0-7])(?: years?(?: old)?| yo| y\.o\.)?(?=$|[.,!? ](?!\d|%|min|km|kg|m\b|am\b|pm\b|people|hours|h\b))/,
    /\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[1-9](?:st|nd|rd|th)|1[0-1]th) (?:grade|grader)\b/,
    /\bich bin (?:[5-9]|1[0-7])(?: jahre)?\b|\bj'ai (?:[5-9]|1[0-7]) ans\b|\btengo (?:[5-9]|1[0-7]) anos\b|\bin der [1-9]\. klasse\b/,
  ],
)
const credential = matter(
  `passwor passphrase passcode kennwor contrasena mot_de_passe api_?-?key secret_key private_key seed_phrase recovery_phrase access_token
  ghp_ sk-[a-z0-9] social_security sozialversicherungsnummer credit_card kreditkarte`,
  `pin pins login ssn cvv iban bic otp 2fa token credentials passport ausweisnummer`,
  [
    /\b(?:phone|mobile|passport|account|card|insurance|tax) (?:number|no\b|id\b)|\btelefonnummer\b|\bnumero de telephone\b/,
    /\b[a-z]{2}\d{2} ?(?:\d ?){10,}|(?:\d[ -]?){9,}|\+\d{1,3}[ \d-]{6,}|\b[\w.+-]+@[\w-]+\.\w+/,
  ],
)

/** Said round about. */
const veiled: readonly (readonly [SensitiveKind, RegExp])[] = [
  [
    'health',
    /\bin (?:the|a) family way\b|\bexpecting (?:in|a|our|my|twins)\b|\bi'?m expecting\b|\beating for two\b|\bbun in the oven\b|\bup the duff\b|\bknocked up\b|\bthe big c\b|\bunder the knife\b|\bblood ?work\b|\bblood sugar\b|\btests? (?:results?|came back)\b|\bi inject\b|\bpee on a stick\b|\b(?:baby|lose(?: \w+)?) weight\b|\bprick my finger\b|\bspritze mir\b|\bmy (?:scan|biopsy|ticker)\b|\banderen umstanden\b|\bguter hoffnung\b|\bheureux evenement\b|\bbuena esperanza\b/,
  ],
  [
    'mental',
    /\bon the spectrum\b|\b(?:on|off) the wagon\b|\bclean (?:for|since)\b|\bhappy pills\b|\bmy? ?shrink\b|\b(?:a|my) shrink\b|\bmy demons\b|\bdark place\b|\bget out of bed\b|\bcalm (?:me |myself )?down\b|\bmy sponsor\b|\bstay in bed\b|\bseelenklempner\b|\btrocken seit\b|\b(?:un|mon|ma) psy\b/,
  ],
  [
    'sexuality',
    /\bout and proud\b|\b(?:in|out of) the closet\b|\bbat(?:ting)? for\b|\bplay(?:ing)? for (?:both|the other)\b|\bboth ways\b|\bwrong body\b|\b(?:like|love|into|date|dating) (?:girls|boys|men|women|guys)\b|\bborn (?:a )?(?:boy|girl|man|woman|male|female)\b|\banderen ufer\b|\b(?:i'?m a (?:guy|man)\b.*\bboyfriend|boyfriend\b.*\bi'?m a (?:guy|man)|i'?m a (?:girl|woman)\b.*\bgirlfriend|girlfriend\b.*\bi'?m a (?:girl|woman))\b/,
  ],
  [
    'finance',
    /\bin the red\b|\bbetween (?:jobs|paychecks)\b|\bmake ends meet\b|\btax ?man\b|\bsin un duro\b|\bfauchee?\b|\bauf pump\b|\bliving on (?:noodles|credit)\b/,
  ],
  [
    'legal',
    /\b(?:parking|speeding) tickets?\b|\b(?:did|done|doing|do) time\b|\bbehind bars\b|\bgave me \w+ (?:years|months)\b|\bankle (?:tag|monitor)\b/,
  ],
  [
    'religion',
    /\bi fast(?:ed)? (?:during|for|until)\b|\bsunday service\b|\bborn again\b|\b(?:hijab|niqab|burqa|turban|kippah?|yarmulke|rosary|confession|bar mitzvah|diwali|eid|lent)\b|\bi pray\b|\bto convert$|\brezo\b/,
  ],
]

const lexicon: readonly (readonly [SensitiveKind, RegExp])[] = [
  ...veiled,
  ['health', health],
  ['mental', mental],
  ['sexuality', sexuality],
  ['religion', religion],
  ['politics', politics],
  ['finance', finance],
  ['legal', legal],
  ['ethnicity', ethnicity],
  ['minor', minor],
  ['credential', credential],
]
