import type { OfficerRow, Project, ProjectRow, ProjectView, Town } from '@plumbline/core/project'

const id = (n: number) => `0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6b${String(n).padStart(2, '0')}`
const at = '2026-11-11T07:31:00.000Z'

/** What the pretended server of the tests tells: one project of a demo county, locked by an order. */
export const town: Town = {
  code: '990421002',
  name: '城东街道',
  hightechZone: false,
  polygon: [
    { lon: 120.9, lat: 30.7 },
    { lon: 121, lat: 30.7 },
    { lon: 121, lat: 30.8 },
  ],
}

export const officer: OfficerRow = {
  personId: id(1),
  name: '林远舟',
  capacity: 'inspector',
  capacityLabel: '监督员',
  scope: '城东组',
  certificate: '99042100005',
  projects: 32,
}
export const other: OfficerRow = {
  ...officer,
  personId: id(2),
  name: '周若溪',
  certificate: '99042100006',
  projects: 29,
}

export const project: Project = {
  id: id(10),
  state: 'building',
  code: '9904212510310201',
  name: '城东污水厂扩建工程',
  district: town.code,
  town: town.name,
  address: '城东街道滨河东路88号',
  point: { lon: 120.95, lat: 30.73 },
  sector: 'municipal',
  works: 'municipal',
  area: 8640,
  cost: 12600,
  stage: 'structure',
  category: '污水处理',
  tags: ['first_class'],
  keyProject: false,
  standardSite: false,
  designated: false,
  inZone: false,
  parties: [{ role: 'contractor', orgId: id(20), orgName: '青禾云桥建设有限公司' }],
  posts: [
    { capacity: 'project_manager', orgId: id(20), personId: id(21), name: '何秉', phone: '19900009874' },
    { capacity: 'safety_officer', orgId: id(20), personId: id(22), name: '吴建松', phone: '199****7793' },
  ],
  officers: [{ personId: officer.personId, name: officer.name, lead: true, since: at }],
  contact: { name: '何秉', phone: '19900009874' },
  permitNo: '990421202602230102',
  startDay: '2026-03-29',
  registeredOn: '2026-03-01',
  startedAt: at,
  duties: [
    { duty: 'video', because: 'municipal_cost', clause: 'xiuzhou.equipment_2' },
    { duty: 'dust', because: 'municipal_cost', clause: 'xiuzhou.equipment_2' },
  ],
  completeness: 94,
  stops: [],
}

const { stops: _, registeredOn: __, startedAt: ___, ...listed } = project
export const row: ProjectRow = { ...listed, stateLabel: '在建', tier: 'red' }

const step = (action: string, label: string) => ({ action, label, clause: null, main: false, barrier: null })

export const view: ProjectView = {
  head: {
    id: project.id,
    room: 'project',
    number: project.code,
    title: project.name,
    state: 'building',
    stateLabel: '在建',
    open: true,
    projectId: project.id,
    projectName: project.name,
    since: at,
    due: null,
    tier: 'calm',
  },
  record: project,
  steps: [step('amend', '变更信息'), step('assign', '指派监督人员'), step('stop', '停工')],
  acts: [],
  tier: 'red',
  authorityLabel: '住房和城乡建设主管部门',
  holds: [
    {
      id: id(30),
      subjectId: project.id,
      effect: 'new_business',
      caseId: id(31),
      room: 'rectification',
      number: '青建监改〔2026〕0012号',
      title: '责令改正通知书',
      clause: 'pinghu.ladder',
      item: '三层临边防护缺失',
      placedAt: at,
    },
  ],
  missing: [{ field: 'parties.testing', label: '检测单位' }],
  counts: [{ room: 'rectification', title: '责令整改', open: 1, total: 2 }],
  handovers: [
    {
      at,
      reason: '岗位调整',
      leaving: [{ personId: officer.personId, name: officer.name }],
      coming: [{ personId: other.personId, name: other.name }],
      cases: [
        {
          id: id(31),
          room: 'rectification',
          number: '青建监改〔2026〕0012号',
          title: '临边防护整改',
          stateLabel: '整改中',
          due: null,
          tier: 'red',
        },
      ],
    },
  ],
}
