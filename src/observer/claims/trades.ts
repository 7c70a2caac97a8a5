/** Do the words name what somebody works as? The last noun before its place, employer or time tells. `folded`: without an article. */
export function isTradeName(folded: string): boolean {
  const noun = folded.split(joint, 1)[0]?.trim().split(' ').at(-1) ?? ''
  return (trades.test(noun) || titles.test(noun)) && !noTrade.test(noun) && !pictures.test(folded)
}

const joint =
  /,| (?:of|at|for|in|on|from|with|by|to|and|who|now|here|de|des|del|d'|en|bei|fur|im|chez|pour|para|a|by)(?= )| (?:now|here|btw|rn|atm)$/

/** "A third wheel", "the king of typos". */
const pictures = /^(?:third|fifth|king|queen)\b|\b(?:couch|sofa|nap|snack|meme|chaos)\b/

/** What names of trades end in: English, German, French, Spanish. */
const trades =
  /(?:.{2}(?:er|or|ist|ian|eer|ess|man|woman|men|ant|wright|smith|keeper|logue|log|loge|(?:er|or|ist|ent|ant|at|log|ik|eur|eut|arzt|anwalt|wirt|koch|bau)in|eur|euse|rice|ien|ienne|iste|iere|ier|ista|ero|era|ador|adora|tor|tora|sora|ico|ica|ente|ologa|ologo|entin|kraft|mann|frau|leitung|leiter))$/
const titles =
  /^(?:nurse|chef|cook|pilot|artist|intern|clerk|coach|judge|vet|doctor|dr|prof|lead|head|boss|chief|ceo|cto|cfo|coo|vp|pm|po|qa|dev|devs|sre|ux|dba|sysadmin|freelance|freelancer|self-employed|student|students|apprentice|trainee|postdoc|phd|undergrad|grad|scientist|analyst|architect|barista|sommelier|nanny|au pair|mechanic|paramedic|critic|medic|model|host|guide|scribe|spy|nun|monk|diplomat|temp|referee|tutor|parent|mum|mom|dad|dancer|koch|arzt|anwalt|schuler|azubi|hausmann|hausfrau|wirt|bauer|tischler|maler|polizist|pfarrer|prof|juriste|medecin|avocate?|comptable|interprete|boulange\w+|etudiante?|enseignante?|consultante?|stagiaire|cadre|artiste|medico|medica|abogad[oa]|camarer[oa]|estudiante|docente|profe|maestr[oa]|jef[ea]|becari[oa]|arquitect[oa]|enfermer[oa]|cociner[oa]|polici[oa]|gerente|designer|mathematician|staff|officer|rep|associate|executive|owner|founder|cofounder|co-founder|retiree|pensioner|worker|support|marketing|sales)$/
/** They end as trades do, or name what one is for a moment. */
const noTrade =
  /^(?:stickler|pushover|drifter|dreamer|thinker|doer|starter|finisher|fighter|survivor|talker|listener|worrier|overthinker|riser|complainer|spender|joker|buhmann|strohmann|loser|sucker|monster|killer|lover|hater|eater|drinker|sleeper|snorer|believer|stranger|foreigner|beginner|newcomer|outsider|insider|quitter|whisper|number|matter|corner|finger|hammer|burger|water|tiger|spider|panther|hamster|lobster|cucumber|flower|river|tower|computer|server|router|printer|browser|folder|cracker|disaster|winner|goner|keeper|looker|later|other|another|either|rather|over|under|ever|never|after|sister|brother|mother|father|daughter|user|member|procrastinator|robot|error|mirror|horror|terror|color|humor|elephant|giant|infant|ant|human|alien|martian|vegetarian|christian|barbarian|cero|burro|perro|torero loco|espero|pero|primero|enero|dinero|cordero|sin|in|bin|begin|pain|train|brain|dolphin|penguin|goblin|pumpkin|villain|virgin|twin|cousin|fan|man|woman|superman|batman|spiderman|snowman|caveman|gentleman|hombre|adult|optimist|pessimist|perfectionist|realist|minimalist|idealist|sicher|clever|super|eager|lecker|sauer|sober|bitter|proper|premier|dernier|different|present|absent|silent|patient|recent|excellent|important|constant|distant|elegant|reluctant|hesitant|relevant|pleasant|significant)$/
