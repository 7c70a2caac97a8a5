import bash from 'highlight.js/lib/languages/bash'
import css from 'highlight.js/lib/languages/css'
import go from 'highlight.js/lib/languages/go'
import java from 'highlight.js/lib/languages/java'
import json from 'highlight.js/lib/languages/json'
import markdown from 'highlight.js/lib/languages/markdown'
import python from 'highlight.js/lib/languages/python'
import rust from 'highlight.js/lib/languages/rust'
import sql from 'highlight.js/lib/languages/sql'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'
import { createLowlight } from 'lowlight'

/** What is longer stays plain: colours would cost more than they tell. In characters. */
const longest = 20_000

const known = createLowlight({ bash, css, go, java, json, markdown, python, rust, sql, typescript, xml, yaml })
known.registerAlias({
  typescript: ['javascript', 'js', 'jsx', 'mjs'],
  xml: ['vue', 'svelte'],
  bash: ['console', 'zsh'],
})

export type Coloured = Readonly<{ kind: string; children: readonly (Coloured | string)[] }>

/** A text of that language in coloured pieces; `undefined`: it is none that is known. */
export function highlight(language: string, text: string): readonly (Coloured | string)[] | undefined {
  if (text.length > longest || !known.registered(language)) return undefined
  return known.highlight(language, text).children.flatMap(pieceOf)
}

type Node = ReturnType<typeof known.highlight>['children'][number]

function pieceOf(node: Node): readonly (Coloured | string)[] {
  if (node.type === 'text') return [node.value]
  if (node.type !== 'element') return []
  const names = node.properties['className']
  return [{ kind: Array.isArray(names) ? names.join(' ') : '', children: node.children.flatMap(pieceOf) }]
}
