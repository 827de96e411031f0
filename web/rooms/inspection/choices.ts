import {
  findTemplate,
  type InspectionKind,
  inspectionKinds,
  jgj59Tables,
  type Subject,
  subjects,
  templates,
} from '@plumbline/core/inspection'

const optionsOf = <K extends string>(titles: Record<K, string>) =>
  (Object.entries(titles) as [K, string][]).map(([value, label]) => ({ value, label }))

export const kindOptions = optionsOf<InspectionKind>(inspectionKinds)
export const subjectOptions = optionsOf<Subject>(subjects)

/** The templates that are meant for a kind of inspection. */
export const templateOptions = (kind: InspectionKind | undefined) =>
  templates
    .filter(({ kinds }) => kind !== undefined && kinds.includes(kind))
    .map(({ code, title }) => ({ value: code, label: title }))

export const tableOptions = jgj59Tables.map(({ code, title }) => ({ value: code, label: `${code} ${title}` }))

export const isScored = (templateCode: string | undefined) =>
  templateCode !== undefined && findTemplate(templateCode)?.form === 'scored'
