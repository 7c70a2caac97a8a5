import { describe, expect, it } from 'vitest'
import { neutralise } from '#adapters/slack/neutralise.ts'

describe('text that calls nobody', () => {
  it.each([
    ['<!channel> and <!here|here>', '&lt;!channel> and &lt;!here|here>'],
    ['<@U0AAA1> <@U0AAA1|mira>', '&lt;@U0AAA1> &lt;@U0AAA1|mira>'],
    ['<!subteam^S0AAA1|@crew>', '&lt;!subteam^S0AAA1|@crew>'],
    ['<#C0AAA1|garden>', '&lt;#C0AAA1|garden>'],
    ['`<!channel>` in code', '`&lt;!channel>` in code'],
    ['<<!channel>>', '&lt;&lt;!channel>>'],
    ['<https://a.example|<!channel>>', '&lt;https://a.example|&lt;!channel>>'],
    ['if (a < b && b > c)', 'if (a &lt; b && b > c)'],
    ['see <https://a.example/?q=1&r=2>', 'see <https://a.example/?q=1&r=2>'],
    ['<mailto:mira@a.example>', '<mailto:mira@a.example>'],
    ['<https://a.example>!channel>', '<https://a.example>!channel>'],
    ['write &lt;!channel&gt; like this', 'write &amp;lt;!channel&amp;gt; like this'],
    ['&#60;!channel>', '&amp;#60;!channel>'],
    ['Tom & Mira', 'Tom & Mira'],
    ['> quoted', '> quoted'],
  ])('%s', (text, shown) => {
    expect(neutralise(text)).toBe(shown)
  })
})
