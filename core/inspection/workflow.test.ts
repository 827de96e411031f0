import { describe, expect, test } from 'vitest'
import { type Actor, assignedKey, type Capacity, orgKey, personKey, postKey, reaches } from '../access/index.ts'
import { lawOn } from '../law/index.ts'
import { decide, openSteps, waitsOf } from '../workflow/index.ts'
import { contractor, idOf, sampleAnswered, sampleDay, sampleFinding, sampleNow, supervision } from './samples.ts'
import type { Inspection, InspectionState } from './schema.ts'
import { inspectionWorkflow as workflow } from './workflow.ts'

const officer = (n: number, name: string): Actor => ({
  personId: idOf(n),
  appointmentId: idOf(n + 100),
  name,
  capacity: 'inspector',
  orgId: null,
  keys: ['d:990421001', personKey(idOf(n)), assignedKey(idOf(2))],
})
const first = officer(21, '林远舟')
const second = officer(22, '周若溪')
/** Assigned to the project, but not of this visit. */
const third = officer(23, '沈一鸣')
const post = (capacity: Capacity, orgId: string): Actor => ({
  personId: idOf(61),
  appointmentId: idOf(161),
  name: '何秉',
  capacity,
  orgId,
  keys: [personKey(idOf(61)), postKey(idOf(2), orgId)],
})
const manager = post('project_manager', contractor.orgId)
const digest = 'a'.repeat(64)

const confirmed = (record: Inspection) => record.officers.map((one) => ({ ...one, confirmedAt: sampleNow }))
const inState = (state: InspectionState | null, change: Partial<Inspection> = {}): Inspection => {
  const record = sampleAnswered({ submittedAt: state === 'draft' ? null : sampleNow, ...change })
  return { ...record, state, officers: change.officers ?? confirmed(record) }
}
const inputs: Record<string, unknown> = {
  start: {
    projectId: idOf(2),
    kind: 'random',
    templateCode: 'jgj59',
    tables: [],
    officerIds: [],
    part: '',
    weather: '',
  },
  save: { revision: 3, opinion: '限期整改' },
  submit: { revision: 3 },
  cosign: { contentDigest: digest },
  sign: { contentDigest: digest, fileId: idOf(71), orgId: contractor.orgId, name: '何秉', role: '项目经理' },
  refuse_sign: {
    contentDigest: digest,
    orgId: contractor.orgId,
    name: '何秉',
    role: '项目经理',
    reason: '对问题有异议',
    witness: '监理 陈堃',
  },
  revise: { reason: '漏填一项' },
  void: { reason: '填错项目' },
}
const take = (action: string, record: Inspection, actor: Actor = first, input = inputs[action]) =>
  decide(workflow, action, { record, actor, input, now: sampleNow, law: lawOn(sampleDay, '990421') })

const table: Record<string, Partial<Record<string, InspectionState>>> = {
  start: { nothing: 'draft' },
  save: { draft: 'draft' },
  submit: { draft: 'submitted' },
  cosign: { submitted: 'submitted' },
  sign: { submitted: 'signed' },
  refuse_sign: { submitted: 'signed' },
  revise: { submitted: 'draft', signed: 'draft' },
  void: { draft: 'void', submitted: 'void' },
}
const states: (InspectionState | null)[] = [null, 'draft', 'submitted', 'signed', 'void']

describe('every step in every state', () => {
  test('the table names every step', () => expect(Object.keys(table)).toEqual(Object.keys(workflow.steps)))
  test.each(Object.keys(table).flatMap((action) => states.map((state) => [action, state] as const)))(
    '%s from %s',
    (action, state) => {
      const open = action === 'cosign' ? { officers: sampleAnswered().officers } : {}
      const decided = take(action, inState(state, open))
      const target = table[action]?.[state ?? 'nothing']
      expect(decided).toMatchObject(target ? { ok: true, to: target } : { ok: false, kind: 'conflict', rule: 'state' })
    },
  )
})

describe('who is refused', () => {
  test('an officer who was not there does not write, submit, sign or void', () => {
    for (const action of ['save', 'submit', 'void'])
      expect(take(action, inState('draft'), third)).toMatchObject({ kind: 'forbidden' })
    for (const action of ['sign', 'refuse_sign', 'revise'])
      expect(take(action, inState('submitted'), third)).toMatchObject({ kind: 'forbidden' })
  })
  test('a party does not see a draft that was never laid before it', () => {
    expect(take('sign', inState('draft'), manager)).toMatchObject({ kind: 'missing' })
  })
  test('the supervision unit sees it and does not sign', () => {
    const engineer = post('chief_engineer', supervision.orgId)
    expect(reaches(engineer, workflow.head(inState('submitted')).reach)).toBe(true)
    expect(take('sign', inState('submitted'), engineer)).toMatchObject({ kind: 'forbidden', rule: 'capacity' })
  })
  test('a manager does not sign for another unit', () => {
    const input = { ...(inputs['sign'] as object), orgId: supervision.orgId }
    expect(take('sign', inState('submitted'), manager, input)).toMatchObject({ rule: 'inspection_unit_unknown' })
  })
  test('what named officers do is done by them; a unit is told of units', () => {
    const open = { officers: sampleAnswered().officers }
    for (const actor of [third, { ...first, keys: [personKey(idOf(29)), 'd:990421001'] }])
      expect(take('cosign', inState('submitted', open), actor)).toMatchObject({ rule: 'not_this_person' })
    expect(take('sign', inState('submitted'), third)).toMatchObject({ rule: 'not_this_person' })
    const rival = { ...post('project_manager', supervision.orgId), keys: [orgKey(contractor.orgId)] }
    expect(take('sign', inState('submitted'), rival)).toMatchObject({ rule: 'not_your_unit' })
  })
  test('who is not assigned starts nothing', () => {
    const stranger = { ...first, keys: ['d:990421001', personKey(idOf(21))] }
    expect(take('start', inState(null), stranger)).toMatchObject({ kind: 'forbidden', rule: 'not_assigned' })
  })
})

describe('what is refused', () => {
  test.each<[string, string, InspectionState | null, Partial<Inspection>]>([
    ['one inspector alone', 'start', null, { officers: confirmed(sampleAnswered()).slice(0, 1) }],
    ['the same inspector twice', 'start', null, { officers: [0, 0].map((at) => confirmed(sampleAnswered())[at]!) }],
  ])('%s', (_, action, state, change) => {
    expect(take(action, inState(state, change))).toMatchObject({ kind: 'unmet', rule: 'inspection_officers_missing' })
  })
  test('an inspector without a certificate', () => {
    const officers = sampleAnswered().officers.map((one, at) => (at === 1 ? { ...one, certificate: '' } : one))
    expect(take('start', inState(null, { officers }))).toMatchObject({
      rule: 'inspection_officer_uncertified',
      detail: { names: ['周若溪'] },
    })
  })
  test('a template that is not for this kind', () => {
    expect(
      take('start', inState(null, { kind: 'complaint', templateCode: 'fire', templateVersion: '2026.1' })),
    ).toMatchObject({
      rule: 'inspection_template_kind',
    })
  })
  test('a signature before the second inspector has confirmed', () => {
    const officers = sampleAnswered().officers.map((one, at) => (at === 0 ? { ...one, confirmedAt: sampleNow } : one))
    for (const action of ['sign', 'refuse_sign'])
      expect(take(action, inState('submitted', { officers }))).toMatchObject({
        rule: 'inspection_cosign_missing',
        detail: { names: ['周若溪'] },
      })
  })
  test('revising what an order rests on', () => {
    expect(take('revise', inState('signed', { orders: [idOf(81)] }))).toMatchObject({ rule: 'inspection_ordered' })
  })
  test('submitting with an item unanswered', () => {
    const record = inState('draft')
    expect(take('submit', { ...record, answers: record.answers.slice(1) })).toMatchObject({
      rule: 'inspection_unanswered',
      detail: { items: ['安全帽'] },
    })
  })
})

describe('what the steps leave behind', () => {
  const done = (action: string, record: Inspection, actor = first, input = inputs[action]) => {
    const decided = take(action, record, actor, input)
    if (!decided.ok) throw new Error(decided.rule)
    return decided
  }
  test('a save changes only what was sent, and counts', () => {
    const before = inState('draft')
    const { record } = done('save', before, second)
    expect(record).toMatchObject({
      opinion: '限期整改',
      revision: 4,
      savedBy: '周若溪',
      savedAt: sampleNow,
      part: before.part,
    })
  })
  test('points that were typed in are not believed', () => {
    const { record } = done('save', inState('draft'), first, { revision: 3, findings: [sampleFinding({ points: 1 })] })
    expect(record.findings[0]?.points).toBe(10)
  })
  test('who submits has confirmed; the other has not; the parties see it', () => {
    const { record } = done('submit', inState('draft', { officers: sampleAnswered().officers }))
    expect(record.officers.map(({ confirmedAt }) => confirmedAt)).toEqual([sampleNow, null])
    expect(workflow.head(record).reach).toContain(orgKey(contractor.orgId))
    expect(openSteps(workflow, record, first).map(({ action }) => action)).not.toContain('cosign')
    expect(openSteps(workflow, record, second).map(({ action }) => action)).toContain('cosign')
    expect(waitsOf(workflow, record)).toContain(`w:inspector@${personKey(idOf(22))}`)
    expect(waitsOf(workflow, record)).toContain(`w:project_manager@${postKey(idOf(2), contractor.orgId)}`)
  })
  test('a manager signs as himself, whatever name was typed', () => {
    const input = { ...(inputs['sign'] as object), name: '别人', role: '别的' }
    expect(done('sign', inState('submitted'), manager, input).record.signature).toMatchObject({
      name: '何秉',
      role: '项目经理',
      by: 'own',
      contentDigest: digest,
    })
  })
  test('a refusal is recorded with reason and witness', () => {
    expect(done('refuse_sign', inState('submitted')).record.signature).toMatchObject({
      fileId: null,
      refused: '对问题有异议',
      witness: '监理 陈堃',
    })
  })
  test('a revised record keeps its signature, loses the confirmations, and stays in the parties’ reach', () => {
    const signed = done('sign', inState('submitted')).record
    const { record } = done('revise', signed)
    expect(record.signature).toEqual(signed.signature)
    expect(record.officers.every(({ confirmedAt }) => confirmedAt === null)).toBe(true)
    expect(workflow.head(record).reach).toContain(postKey(idOf(2), contractor.orgId))
  })
  test('the law it rests on is kept with the start', () => {
    expect(done('start', inState(null)).rules.map(({ code }) => code)).toContain('inspection.officers_min')
  })
})
