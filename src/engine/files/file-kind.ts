import type { AttachedFile } from '#src/core/message.ts'

const textTypes =
  /^(?:text\/|application\/(?:json|xml|yaml|x-yaml|toml|javascript|typescript|x-javascript|sql|x-sh|x-httpd-php|x-ndjson|graphql)$|application\/[\w.-]+\+(?:json|xml)$)/
/** Platforms know few of them: Discord says nothing of a `.rs`, Slack calls it `application/octet-stream`. */
const textEndings = new Set(
  `adoc asm awk bat bash bib c cc cfg clj cljs cmake cnf conf cpp cs css csv cxx dart diff dockerfile el elm env erl ex exs f90 fish fs
  gitignore go gradle graphql groovy h hcl hpp hs htm html ini ipynb java jl js json jsonl jsx kt kts lean less lisp log lua m make md
  mdx mjs ml mli nim nix patch php pl pm po properties proto ps1 py pyi r rb rs rst sass scala scm scss sh sol sql srt svelte swift
  tcl tex tf toml ts tsv tsx txt vb vim vtt vue xml yaml yml zig zsh`.split(/\s+/),
)
const imageTypes = /^image\/(?:png|jpeg|webp|gif)$/

/** What a file is by what the platform says of it. Its bytes have the last word. */
export function fileKind({
  name,
  mediaType = '',
}: Pick<AttachedFile, 'name' | 'mediaType'>): 'text' | 'image' | 'other' {
  const type = mediaType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (imageTypes.test(type)) return 'image'
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return textTypes.test(type) || textEndings.has(ending) ? 'text' : 'other'
}
