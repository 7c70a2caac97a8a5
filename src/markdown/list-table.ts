/**
 * The lines of a table as a list: each row begins with its first cell and has the others below, each behind its column's
 * name. One column is named once.
 */
export function listTable(labels: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const [first = ''] = labels
  if (labels.length === 1 && rows.every(row => row.length <= 1)) {
    const names = first === '' ? [] : [named(first, '')]
    return [...names, ...rows.flatMap(row => row.filter(cell => cell !== '').map(cell => `- ${cell}`))]
  }
  return rows.flatMap(row =>
    row.flatMap((cell, column) => {
      const line = named(labels[column] ?? '', cell)
      return line === '' ? [] : [column === 0 ? line : `- ${line}`]
    }),
  )
}

function named(label: string, cell: string): string {
  if (label === '') return cell
  const name = /[:：]$/.test(label) ? `**${label}**` : `**${label}**:`
  return cell === '' ? name : `${name} ${cell}`
}
