import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** One file of the page, ready to be sent. */
export type PageFile = Readonly<{ type: string; body: string | Uint8Array }>

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/** Builds a page in memory, from the folder that holds its `index.html`; its files by their paths. Takes a second or two. */
export async function buildPage(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const built = await build({
    root: fileURLToPath(new URL(folder, new URL('../', import.meta.url))),
    configFile: false,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { write: false, target: 'es2024', modulePreload: false, reportCompressedSize: false },
  })
  const outputs = [built].flat().flatMap(one => ('output' in one ? one.output : []))
  return new Map(outputs.map(file => [`/${file.fileName}`, fileOf(file)]))
}

type Output = Readonly<
  { fileName: string } & ({ type: 'chunk'; code: string } | { type: 'asset'; source: PageFile['body'] })
>

function fileOf(file: Output): PageFile {
  const type = types[file.fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  return { type, body: file.type === 'chunk' ? file.code : file.source }
}
