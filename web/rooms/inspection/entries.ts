import type { Finding, FormItem, Inspection, InspectionView } from '@plumbline/core/inspection'
import { newRequestId } from '../../kit/api.ts'
import type { Changes } from './draft.ts'

/** Whether the server lets this reader write the form now. */
export const mayWrite = ({ steps }: Pick<InspectionView, 'steps'>) => steps.some(({ action }) => action === 'save')

export const markOf = (record: Inspection, code: string) =>
  record.answers.find(({ itemCode }) => itemCode === code)?.mark

/** How many of these items have not been answered. */
export const openOf = (record: Inspection, items: readonly FormItem[]): number =>
  items.filter(({ code }) => markOf(record, code) === undefined).length

export const newFinding = (record: Inspection, item: Pick<FormItem, 'code' | 'title' | 'clause'>): Finding => ({
  id: newRequestId(),
  itemCode: item.code,
  itemName: item.title,
  text: '',
  clause: item.clause,
  deductions: [],
  points: 0,
  severity: 'general',
  // Who builds is responsible until the officer says otherwise.
  orgId: (record.units.find(({ role }) => role === 'contractor') ?? record.units[0])?.orgId ?? '',
  requirement: '',
  photos: [],
  point: null,
  spotId: null,
})

const isBlank = ({ text, photos, deductions, requirement, spotId }: Finding) =>
  !text.trim() && !requirement.trim() && photos.length === 0 && deductions.length === 0 && spotId === null

/** Answers an item. A fail opens its first finding; taking the fail back removes findings that are still blank, no others. */
export function answered(record: Inspection, item: FormItem, mark: 'pass' | 'fail' | 'na'): Changes {
  const kept = record.answers.filter(({ itemCode }) => itemCode !== item.code)
  const note = record.answers.find(({ itemCode }) => itemCode === item.code)?.note ?? ''
  const answers = [...kept, { itemCode: item.code, mark, note }]
  const own = record.findings.filter(({ itemCode }) => itemCode === item.code)
  if (mark === 'fail')
    return own.length > 0 ? { answers } : { answers, findings: [...record.findings, newFinding(record, item)] }
  const blank = own.filter(isBlank)
  return blank.length > 0
    ? { answers, findings: record.findings.filter((finding) => !blank.includes(finding)) }
    : { answers }
}

/** A finding changed in place. */
export const withFinding = (record: Inspection, finding: Finding): Changes => ({
  findings: record.findings.map((one) => (one.id === finding.id ? finding : one)),
})
