/** "Stop", said to one who writes, in the languages that people write in here most. "Wait" asks for something else. */
const stopWords: ReadonlySet<string> = new Set([
  ...['stop', 'stop it', 'stop that', 'stop now', 'stop please', 'please stop', 'halt', '🛑', '✋', '⏹'],
  ...['stopp', 'stopp bitte', 'stop bitte', 'bitte stopp', 'bitte stop', 'aufhören', 'hör auf', 'hoer auf', 'halt an'],
  ...['arrête', 'arrete', 'arrête toi', 'arrêtez', 'arretez', 'stop stp', 'stop svp'],
  ...['para', 'parar', 'pare', 'detente', 'detén', 'alto', 'basta', 'para por favor', 'pare por favor', 'chega'],
  ...['fermati', 'fermo', 'ferma', 'smettila', 'smetti'],
  ...[
    'hou op',
    'ophouden',
    'sluta',
    'stanna',
    'slutt',
    'hold op',
    'lopeta',
    'seis',
    'hættu',
    'peata',
    'lõpeta',
    'beidz',
  ],
  ...[
    'stój',
    'stoj',
    'przestań',
    'przestan',
    'zastav',
    'přestaň',
    'prestaň',
    'prestani',
    'zaustavi',
    'állj',
    'hagyd abba',
  ],
  ...['opreste', 'oprește', 'opreşte', 'dur', 'durdur', 'yeter', 'ndal', 'sustok', 'acha', 'simama'],
  ...[
    'стоп',
    'стой',
    'остановись',
    'хватит',
    'перестань',
    'прекрати',
    'зупинись',
    'досить',
    'спри',
    'спри се',
    'стани',
  ],
  ...['σταμάτα', 'σταματα', 'στοπ', 'עצור', 'תפסיק', 'עצרי', 'توقف', 'قف', 'بس', 'ایست', 'بس کن', 'رک جاؤ'],
  ...['रुको', 'रुकिए', 'रुक जाओ', 'बंद करो', 'थांबा', 'থামো', 'থামুন', 'நிறுத்து', 'ఆపు', 'ನಿಲ್ಲಿಸು', 'നിർത്തൂ'],
  ...[
    '停',
    '停止',
    '停下',
    '停下来',
    '别说了',
    '住口',
    '停一停',
    '夠了',
    '够了',
    'ストップ',
    '止めて',
    'やめて',
    'とめて',
    '止まれ',
  ],
  ...[
    '그만',
    '멈춰',
    '중지',
    '스톱',
    '그만해',
    'หยุด',
    'dừng',
    'dừng lại',
    'berhenti',
    'hentikan',
    'tigil',
    'hinto',
    'itigil',
  ],
])

/** More is no word to somebody who is to stop. */
const longest = 60

/** Whether a message says nothing but "stop", however it is written; `names`: of whom it may call besides. */
export function isStop(text: string, names: readonly string[]): boolean {
  if (text.length > longest) return false
  const own = names.map(folded)
  const said = own.reduce((left, name) => left.replace(` @${name} `, ' '), ` ${folded(text)} `).replaceAll('@', '')
  const called = own.reduce(withoutName, said.trim())
  const words = called.split(' ').filter((word, at, all) => word !== '' && word !== all[at - 1])
  const spoken = words.filter(word => !signs.has(word))
  return folds.has((spoken.length > 0 ? spoken : words.slice(0, 1)).join(' '))
}

/** Whom somebody calls stands first or last. */
function withoutName(text: string, name: string): string {
  const spaced = ` ${text} `
  if (spaced.startsWith(` ${name} `)) return spaced.slice(name.length + 2).trim()
  return spaced.endsWith(` ${name} `) ? spaced.slice(0, -name.length - 2).trim() : text
}

const signs: ReadonlySet<string> = new Set(['🛑', '✋', '⏹'])

/** One case, one form of each letter, none drawn out, and no signs but those that are words here. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Variation_Selector}|\p{Cf}|\p{Emoji_Modifier}/gu, '')
    .replace(/(?!🛑|✋|⏹|@)[^\p{L}\p{M}\p{N}]/gu, ' ')
    .replace(/🛑|✋|⏹/gu, ' $& ')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}

const folds: ReadonlySet<string> = new Set([...stopWords].map(folded))
