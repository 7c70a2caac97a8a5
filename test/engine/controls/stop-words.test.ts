import { describe, expect, it } from 'vitest'
import { isStop } from '#src/engine/controls/stop-words.ts'

describe('a message that is only "stop"', () => {
  it.for([
    ...[
      'stop',
      'Stop.',
      'STOP!!!',
      '  stop … ',
      '"stop"',
      '**stop**',
      'Stop, please!',
      'please stop',
      'stop @Aeries',
      '@Old Captain, stop!',
      '@aeries: stop',
    ],
    ...['🛑', '🛑🛑', '✋🏽', 'stop 🛑', 'ｓｔｏｐ', 's\u200btop', 'STOOOPPPP', 'stop stop STOP!'],
    ...['Aeries, stop!', 'stop it, Aeries', 'old captain stop'],
    ...[
      'Stopp!',
      'Hör auf!',
      'aufhören',
      'Arrête !',
      'arrête-toi',
      '¡Para!',
      '¡Detente!',
      'Basta!',
      'Pare, por favor',
      'Fermati!',
    ],
    ...[
      'Hou op!',
      'Sluta',
      'Lopeta',
      'Przestań!',
      'Přestaň',
      'Állj!',
      'Oprește',
      'Dur!',
      'Durdur',
      'Стоп!',
      'Хватит.',
      'Зупинись',
    ],
    ...[
      'Σταμάτα!',
      'עצור',
      'توقف',
      'بس',
      'रुको',
      'থামো',
      '停',
      '停止。',
      '停下来！',
      'ストップ',
      'やめて！',
      '그만!',
      '멈춰',
      'หยุด',
      'Dừng lại',
      'berhenti',
    ],
  ])('is %s', text => {
    expect(isStop(text, ['Aeries', 'Old Captain'])).toBe(true)
  })

  it.for([
    ...['wait', 'Wait!', 'warte', 'attends', 'espera', 'подожди', '等等', '', '   ', '?!', 'no', 'ok', '@Aeries'],
    ...[
      'stop the music',
      'when does it stop?',
      "don't stop",
      'non-stop',
      'bus stop',
      'stop @Jonas',
      'stop, then tell me why',
      'stops',
      'stop halt the music',
      'what is Aeries',
    ],
    'stop '.repeat(20),
  ])('is not %s', text => {
    expect(isStop(text, ['Aeries', 'Old Captain'])).toBe(false)
  })
})
