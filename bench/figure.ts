/** One line of the table. A figure without a goal is told, not judged. */
export interface Figure {
  id: string
  what: string
  figure: number
  unit: string
  /** The most it may be; the least with `atLeast`. */
  goal: number | null
  atLeast?: true
  /** Why a figure is not to be trusted, or what else was seen. */
  note?: string
}

export const isMet = ({ figure, goal, atLeast }: Figure): boolean | null =>
  goal === null ? null : atLeast ? figure >= goal : figure <= goal

const told = (value: number) =>
  value !== 0 && Math.abs(value) < 0.0995
    ? value.toFixed(3)
    : Math.abs(value) < 100
      ? value.toFixed(2)
      : String(Math.round(value))

export const lineOf = (figure: Figure): string =>
  JSON.stringify({
    id: figure.id,
    figure: Number(figure.figure.toPrecision(4)),
    goal: figure.goal,
    unit: figure.unit,
    ok: isMet(figure),
  })

/** The table as text, its columns padded. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((one) => [
    one.id,
    one.what,
    one.goal === null ? '' : `${one.atLeast ? '>=' : '<='} ${told(one.goal)}`,
    told(one.figure),
    one.unit,
    { true: 'yes', false: 'NO', null: '' }[String(isMet(one))]!,
    one.note ?? '',
  ])
  const all = [['id', 'what', 'goal', 'figure', 'unit', 'ok', ''], ...rows]
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
  const right = [2, 3]
  return all
    .map((row) =>
      row
        .map((cell, column) => (right.includes(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
