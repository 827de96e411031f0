import { sectors } from './sector.ts'
import { type PartyRole, partyRoles, type PostCapacity, type Project } from './schema.ts'
import { capacities } from '../access/index.ts'

interface Wanted {
  field: string
  label: string
  /** Absent: asked of every project. */
  asked?(project: Project): boolean
  known(project: Project): boolean
}

const party = (role: PartyRole): Wanted => ({
  field: `parties.${role}`,
  label: partyRoles[role],
  known: ({ parties }) => parties.some((one) => one.role === role),
})
const post = (capacity: PostCapacity): Wanted => ({
  field: `posts.${capacity}`,
  label: capacities[capacity],
  known: ({ posts }) => posts.some((one) => one.capacity === capacity),
})

/** What should be known of a project beside what it cannot be registered without. */
const wanted: readonly Wanted[] = [
  { field: 'area', label: '建筑面积', asked: ({ works }) => works === 'building', known: ({ area }) => area !== null },
  { field: 'cost', label: '工程造价', known: ({ cost }) => cost !== null },
  { field: 'category', label: '类别', known: ({ category }) => category !== '' },
  { field: 'startDay', label: '开工日期', known: ({ startDay }) => startDay !== null },
  { field: 'contact.name', label: '联系人', known: ({ contact }) => contact.name !== '' },
  { field: 'contact.phone', label: '联系电话', known: ({ contact }) => contact.phone !== '' },
  {
    field: 'permitNo',
    label: '施工许可证号',
    // Works of water and transport are permitted by their own authorities under other numbers.
    asked: ({ sector }) => sectors[sector].authority === 'construction',
    known: ({ permitNo }) => permitNo !== null && permitNo !== '',
  },
  ...(['owner', 'contractor', 'supervision', 'design', 'survey', 'testing'] as const).map(party),
  ...(['owner_rep', 'project_manager', 'safety_officer', 'chief_engineer'] as const).map(post),
  { field: 'officers', label: '监督人员', known: ({ officers }) => officers.length > 0 },
]

/** How much of what should be known of a project is known, in percent rounded down, and what is missing by name. */
export function completenessOf(project: Project): { percent: number; missing: { field: string; label: string }[] } {
  const asked = wanted.filter((one) => one.asked?.(project) ?? true)
  const missing = asked.filter((one) => !one.known(project))
  return {
    percent: Math.floor(((asked.length - missing.length) / asked.length) * 100),
    missing: missing.map(({ field, label }) => ({ field, label })),
  }
}
