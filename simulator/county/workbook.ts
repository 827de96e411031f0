import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import writeExcelFile from 'write-excel-file/node'
import { headings, importRows, type Row, workshop } from './import-rows.ts'

// Makes the files that a newcomer drops on the import page: demo/projects.xlsx and demo/project.json.
// Run it again after a change: node simulator/county/workbook.ts

/** An import sheet: codes and telephone numbers as text, sizes as numbers, dates as dates. */
export async function workbook(rows: Row[]): Promise<Buffer> {
  const columns = headings.map((heading) => ({
    header: { value: heading, fontWeight: 'bold' as const },
    width: Math.max(12, heading.length * 2 + 2),
    cell: (row: Row) => {
      const value = row[heading]
      if (value === null) return null
      if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd' }
      return typeof value === 'number' ? { value, type: Number } : { value, type: String }
    },
  }))
  return writeExcelFile(rows, { columns, sheet: '项目', stickyRowsCount: 1 }).toBuffer()
}

if (import.meta.main) {
  const demo = (name: string) => fileURLToPath(new URL(`../../demo/${name}`, import.meta.url))
  await writeFile(demo('projects.xlsx'), await workbook(importRows().rows))
  await writeFile(demo('project.json'), JSON.stringify(workshop(), null, 2) + '\n')
}
