import type { Project } from './schema.ts'

export const sampleIds = {
  project: '10000000-0000-4000-8000-000000000001',
  owner: '20000000-0000-4000-8000-000000000001',
  contractor: '20000000-0000-4000-8000-000000000002',
  supervision: '20000000-0000-4000-8000-000000000003',
  manager: '30000000-0000-4000-8000-000000000001',
  inspector: '30000000-0000-4000-8000-000000000002',
  other: '30000000-0000-4000-8000-000000000003',
}

/** A project under construction, for tests. */
export const sampleProject = (change: Partial<Project> = {}): Project => ({
  id: sampleIds.project,
  state: 'building',
  code: '9904212609010101',
  name: '文化中心',
  district: '990421001',
  town: '禾丰街道',
  address: '禾丰路1号',
  point: { lon: 120.5, lat: 30.5 },
  sector: 'building',
  works: 'building',
  area: 5000,
  cost: 2000,
  stage: 'foundation',
  category: '公共建筑',
  tags: [],
  keyProject: false,
  standardSite: false,
  designated: false,
  inZone: false,
  parties: [
    { role: 'owner', orgId: sampleIds.owner, orgName: '县文旅局' },
    { role: 'contractor', orgId: sampleIds.contractor, orgName: '云桥建设' },
    { role: 'supervision', orgId: sampleIds.supervision, orgName: '正衡监理' },
  ],
  posts: [
    {
      capacity: 'project_manager',
      orgId: sampleIds.contractor,
      personId: sampleIds.manager,
      name: '何秉',
      phone: '19900000001',
    },
  ],
  officers: [{ personId: sampleIds.inspector, name: '林远舟', lead: true, since: '2026-09-01T01:00:00.000Z' }],
  contact: { name: '南宫恒', phone: '19900000002' },
  permitNo: null,
  startDay: '2026-09-01',
  registeredOn: '2026-08-20',
  startedAt: '2026-09-01T01:00:00.000Z',
  duties: [],
  completeness: 0,
  stops: [],
  ...change,
})
