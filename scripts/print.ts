import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { printWorkflow } from '@plumbline/core/workflow'
import { workflows } from '@plumbline/core/workflows'

// Prints docs/workflows from the tables: the diagrams cannot be out of date.
const folder = join(import.meta.dirname, '../docs/workflows')
mkdirSync(folder, { recursive: true })
for (const old of readdirSync(folder)) rmSync(join(folder, old))
for (const workflow of workflows) writeFileSync(join(folder, `${workflow.name}.md`), printWorkflow(workflow))
console.log(`${workflows.length} workflows printed to docs/workflows`)
