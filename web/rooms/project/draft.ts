import { type Project, type ProjectChange, ProjectFacts } from '@plumbline/core/project'

/** A project as the form has it: anything may still be missing. */
export type ProjectDraft = Partial<ProjectFacts>

/** An empty field of a form is undefined or ''; the record says null. */
const orNull = <T>(value: T | null | undefined): T | null => (value === undefined || value === '' ? null : value)

/** What the form holds, with its empty fields said plainly. The server complains of what is missing. */
export const factsOf = (draft: ProjectDraft) => ({
  ...draft,
  area: orNull(draft.area),
  cost: orNull(draft.cost),
  permitNo: orNull(draft.permitNo),
  startDay: orNull(draft.startDay),
  category: draft.category ?? '',
  tags: draft.tags ?? [],
  parties: draft.parties ?? [],
  posts: draft.posts ?? [],
  contact: { name: draft.contact?.name ?? '', phone: draft.contact?.phone ?? '' },
})

/** The fields of a record that the form shows. */
export function draftOf(project: Project): ProjectDraft {
  const { code, name, district, address, point, sector, area, cost, stage, category, tags } = project
  const { contact, permitNo, startDay } = project
  return {
    ...{ code, name, district, address, point, sector, area, cost, stage, category, tags },
    ...{ contact, permitNo, startDay },
    parties: project.parties.map(({ role, orgId }) => ({ role, orgId })),
    posts: project.posts.map(({ capacity, orgId, personId }) => ({ capacity, orgId, personId })),
  }
}

/** Only what was changed, field by field: so two people may amend different fields without undoing each other. */
export function changesOf(project: Project, draft: ProjectDraft): ProjectChange {
  const before = factsOf(draftOf(project))
  const after = factsOf({ ...before, ...draft })
  const names = Object.keys(ProjectFacts.shape) as (keyof ProjectFacts)[]
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return Object.fromEntries(changed.map((name) => [name, after[name]])) as ProjectChange
}
