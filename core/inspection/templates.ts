import type { ClauseKey } from '../law/index.ts'
import { type CheckTable, jgj59Tables, jgj59Version } from './jgj59-tables.ts'

/** 检查类型. */
export const inspectionKinds = {
  routine: '日常检查',
  random: '双随机抽查',
  special: '专项检查',
  enforcement: '执法检查',
  quarterly: '季度督查',
  conformity: '标准化考评符合性抽查',
  complaint: '举报核查',
  recheck: '复查',
} as const
export type InspectionKind = keyof typeof inspectionKinds

export const subjects = { safety: '安全', quality: '质量', fire: '消防', testing: '检测', dust: '扬尘' } as const
export type Subject = keyof typeof subjects

/** A question answered 是, 否 or 不涉及, without points. */
export interface TemplateItem {
  code: string
  section: string
  text: string
  clause: ClauseKey
}

/** What an officer fills in on site. An inspection keeps code and version, so a later version never changes an old record. */
export type Template = {
  code: string
  version: string
  title: string
  subject: Subject
  kinds: readonly InspectionKind[]
} & ({ form: 'scored'; tables: readonly CheckTable[] } | { form: 'checklist'; items: readonly TemplateItem[] })

type Section = readonly [section: string, clause: ClauseKey, ...texts: string[]]

const itemsOf = (code: string, sections: readonly Section[]): TemplateItem[] =>
  sections
    .flatMap(([section, clause, ...texts]) => texts.map((text) => ({ section, text, clause })))
    .map((item, i) => ({ code: `${code}.${i + 1}`, ...item }))

const checklist = (
  code: string,
  title: string,
  subject: Subject,
  kinds: readonly InspectionKind[],
  sections: readonly Section[],
): Template => ({
  code,
  version: '2026.1',
  title,
  subject,
  kinds,
  form: 'checklist',
  items: itemsOf(code, sections),
})

/** The templates the house ships. The checklists hold only what the law or the briefs name; a region adds its own. */
export const templates: readonly Template[] = [
  {
    code: 'jgj59',
    version: jgj59Version,
    title: '建筑施工安全检查评分表（JGJ 59-2011）',
    subject: 'safety',
    kinds: ['routine', 'random', 'special', 'enforcement', 'quarterly', 'conformity', 'complaint', 'recheck'],
    form: 'scored',
    tables: jgj59Tables,
  },
  checklist(
    'enforcement',
    '危险性较大的分部分项工程执法检查表',
    'safety',
    ['enforcement', 'special'],
    [
      [
        '清单与方案',
        'danger_work.control',
        '危大工程清单与现场一致',
        '专项施工方案齐全，审核、审查签字和印章齐全',
        '超过一定规模的危大工程已经专家论证，专家人数和条件符合要求',
      ],
      [
        '现场实施',
        'danger_work.control',
        '按专项施工方案施工',
        '方案交底和安全技术交底已进行并签字',
        '现场公告、危险区域警示和验收标识牌已设置',
        '项目负责人、专职安全员、总监理工程师到岗',
      ],
      [
        '监测与验收',
        'danger_work.control',
        '监测数据和报警处置符合要求',
        '验收合格后进入下一道工序',
        '监理实施细则和专项巡视检查记录齐全',
      ],
    ],
  ),
  checklist(
    'quarterly',
    '季度督查表',
    'safety',
    ['quarterly'],
    [
      ['人员监管', 'quarter.inspection', '关键岗位人员到岗履职', '关键岗位人员通过实名制人脸识别考勤'],
      ['项目状态', 'quarter.inspection', '平台项目状态与现场一致', '监督人员与项目的对应关系与实际一致'],
      ['标准化考评', 'quarter.inspection', '施工单位项目自评按期完成', '监理单位、建设单位网上复核按期完成'],
    ],
  ),
  checklist(
    'conformity',
    '安全生产标准化考评符合性抽查表',
    'safety',
    ['conformity'],
    [
      ['自评机构', 'standardisation.appraisal', '施工总承包单位成立项目自评机构'],
      [
        '自评',
        'standardisation.appraisal',
        '每月依据 JGJ 59 开展自评',
        '建设单位、监理单位对自评结果审核并签字',
        '施工企业对项目定期检查',
      ],
      ['符合性', 'standardisation.appraisal', '自评结果与现场抽查情况相符'],
    ],
  ),
  checklist(
    'quality',
    '建设工程质量监督抽查记录表',
    'quality',
    ['routine', 'random', 'quarterly', 'enforcement'],
    [
      ['质量行为', 'quality.quantified_record', '建设单位质量行为', '施工单位质量行为', '检测机构质量行为'],
      ['工程资料', 'quality.quantified_record', '工程资料'],
      ['工程实体', 'quality.supervision', '工程实体质量抽查', '工程实体质量抽测'],
    ],
  ),
  checklist(
    'fire',
    '施工现场消防安全检查表',
    'fire',
    ['routine', 'special', 'random'],
    [
      ['现场防火', 'fire.site', '施工现场消防安全措施', '现场办公与住宿区消防安全措施'],
      [
        '作业防火',
        'jgj59.scoring',
        '钢筋对焊作业区采取防止火花飞溅措施（B.19 钢筋机械）',
        '文明施工“现场防火”保证项目符合要求（B.2）',
      ],
      ['消防手续', 'fire.acceptance', '特殊建设工程按规定申请消防验收', '其他建设工程按规定办理消防验收备案'],
    ],
  ),
  checklist(
    'testing',
    '质量检测检查表',
    'testing',
    ['routine', 'special', 'random'],
    [
      ['检测行为', 'quality.supervision', '检测机构质量行为'],
      [
        '样品与报告',
        'quality.testing',
        '样品有唯一性标识',
        '检测报告可追溯到样品、检测机构和检测人员',
        '不合格检测结果已作为隐患处理',
      ],
    ],
  ),
  checklist(
    'dust',
    '施工扬尘检查表',
    'dust',
    ['routine', 'special', 'random', 'complaint'],
    [
      [
        '六个百分之百',
        'dust.six',
        '施工工地周边围挡',
        '物料堆放覆盖',
        '出入车辆冲洗',
        '施工现场地面硬化',
        '拆迁工地湿法作业',
        '渣土车辆密闭运输',
      ],
    ],
  ),
]

/** A shipped template by code and version; the newest listed when no version is given. */
export const findTemplate = (code: string, version?: string): Template | undefined =>
  templates.findLast((template) => template.code === code && (version === undefined || template.version === version))

/** The codes that an inspection on this template must answer, in the order of the form; of JGJ 59 those of the tables chosen. */
export const answersWanted = (template: Template, tables: readonly string[] = []): string[] =>
  template.form === 'checklist'
    ? template.items.map((item) => item.code)
    : template.tables
        .filter((table) => tables.includes(table.code))
        .flatMap((table) => table.items.map((item) => item.code))
