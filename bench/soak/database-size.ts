import { statSync } from 'node:fs'
import Database from 'better-sqlite3'

/** One table or index: its rows, what they hold, and the pages that this takes, in bytes. */
export type Tree = Readonly<{ name: string; rows: number; bytes: number; pages: number }>

export type DatabaseSize = Readonly<{ trees: readonly Tree[]; free: number; log: number }>

const treesSql = `
  SELECT name, sum(CASE WHEN pagetype = 'leaf' THEN ncell ELSE 0 END) AS rows, sum(payload) AS bytes,
    sum(pgsize) AS pages
  FROM dbstat GROUP BY name ORDER BY name`

/** What lies in the database, tree by tree, free pages and the write-ahead log apart. */
export function databaseSize(path: string): DatabaseSize {
  const db = new Database(path, { readonly: true })
  try {
    const trees = db.prepare<[], Tree>(treesSql).all()
    const pragma = (name: string) => Number(db.pragma(name, { simple: true }))
    const log = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
    return { trees, free: pragma('freelist_count') * pragma('page_size'), log }
  } finally {
    db.close()
  }
}

export type Growth = Readonly<{
  trees: readonly Readonly<{ name: string; rows: number; bytesPerRow: number; bytes: number; pages: number }>[]
  /** Of all pages that came, how many bytes there are for each byte in a row. */
  pagesPerByte: number
  pages: number
  bytes: number
}>

/** What came between two looks: rows × bytes, tree by tree. */
export function growthOf(before: DatabaseSize, after: DatabaseSize): Growth {
  const known = new Map(before.trees.map(tree => [tree.name, tree]))
  const trees = after.trees.map(({ name, rows, bytes, pages }) => {
    const then = known.get(name) ?? { rows: 0, bytes: 0, pages: 0 }
    const [moreRows, moreBytes] = [rows - then.rows, bytes - then.bytes]
    const bytesPerRow = moreRows === 0 ? 0 : Math.round(moreBytes / moreRows)
    return { name, rows: moreRows, bytesPerRow, bytes: moreBytes, pages: pages - then.pages }
  })
  const sum = (of: (tree: (typeof trees)[number]) => number) => trees.reduce((total, tree) => total + of(tree), 0)
  const [pages, bytes] = [sum(tree => tree.pages) + after.free - before.free, sum(tree => tree.bytes)]
  return { trees: trees.filter(tree => tree.pages !== 0), pages, bytes, pagesPerByte: pages / bytes }
}
