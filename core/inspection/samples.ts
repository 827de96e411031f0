import { lawOn } from '../law/index.ts'
import { scoringRules } from './jgj59.ts'
import { computed } from './record.ts'
import type { Finding, Inspection, Spot } from './schema.ts'

/** Made-up ids for tests: the same number is the same id. */
export const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

export const contractor = { orgId: idOf(11), orgName: '云桥建设有限公司', role: 'contractor' as const }
export const supervision = { orgId: idOf(12), orgName: '正衡工程监理有限公司', role: 'supervision' as const }
export const sampleDay = '2026-11-20'
export const sampleNow = '2026-11-20T06:05:00.000Z'
export const sampleRules = scoringRules(lawOn(sampleDay, '990421'))

/** A draft on the high-work table of JGJ 59 with nothing answered; `change` is laid over it. */
export const sampleDraft = (change: Partial<Inspection> = {}): Inspection => ({
  id: idOf(1),
  state: 'draft',
  number: null,
  projectId: idOf(2),
  projectName: '城东污水厂扩建工程',
  projectCode: '2026-990421-78-01-000001',
  address: '青禾县城东街道滨河路 8 号',
  permitNo: null,
  district: '990421001',
  site: { lon: 120.1, lat: 30.2 },
  kind: 'random',
  subject: 'safety',
  templateCode: 'jgj59',
  templateVersion: '2011',
  units: [contractor, supervision],
  officers: [
    { personId: idOf(21), name: '林远舟', certificate: '浙K-001', confirmedAt: null },
    { personId: idOf(22), name: '周若溪', certificate: '浙K-002', confirmedAt: null },
  ],
  revision: 3,
  savedBy: '林远舟',
  savedAt: '2026-11-20T06:00:00.000Z',
  score: null,
  submittedAt: null,
  signature: null,
  papers: [],
  alarmId: null,
  orders: [],
  visitedAt: '2026-11-20T06:00:00.000Z',
  weather: '多云',
  part: '3 号楼十层',
  attendees: [],
  tables: ['B.13'],
  answers: [],
  findings: [],
  spots: [],
  photos: [],
  measures: [],
  opinion: '',
  ...change,
})

export const sampleFinding = (change: Partial<Finding> = {}): Finding => ({
  id: idOf(31),
  itemCode: 'B.13.4',
  itemName: '临边防护',
  text: '五楼临边没护栏，约 6 米',
  clause: 'JGJ 59-2011 表 B.13 高处作业 临边防护',
  deductions: [{ by: 'rule', rule: 'B.13.4-1', points: 10, count: 1 }],
  points: 0,
  severity: 'general',
  orgId: contractor.orgId,
  requirement: '补设防护栏杆',
  photos: [],
  point: null,
  spotId: null,
  ...change,
})

export const sampleSpot = (change: Partial<Spot['test']> = {}): Spot => ({
  id: idOf(41),
  itemCode: 'B.13.4',
  test: {
    quantity: '防护栏杆高度',
    part: '五层临边',
    unit: 'm',
    design: 1.2,
    lower: 0,
    upper: null,
    clause: 'JGJ 80-2016 第4.3.1条',
    readings: [
      { place: '东侧', value: 1.2 },
      { place: '西侧', value: 1.05 },
    ],
    ...change,
  },
})

const codes = Array.from({ length: 10 }, (_, at) => `B.13.${at + 1}`)

/** The same draft answered whole: one finding at 临边防护, the rest conforms. */
export const sampleAnswered = (change: Partial<Inspection> = {}): Inspection =>
  computed(
    sampleDraft({
      answers: codes.map((itemCode) => ({ itemCode, mark: itemCode === 'B.13.4' ? 'fail' : 'pass', note: '' })),
      findings: [sampleFinding()],
      ...change,
    }),
    sampleRules,
  )
