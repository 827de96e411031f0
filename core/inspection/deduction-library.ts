import { highAndMachines } from './deduction-library-high.ts'
import { scaffolds } from './deduction-library-scaffold.ts'

/** For what a deduction is taken: once, for each place (处), each person (人), or each missing thing (项). */
export type Per = 'once' | 'place' | 'person' | 'item'

export type LibraryRow = readonly [text: string, min: number, max?: number, per?: Per]

export type LibraryPage = readonly { item: string; source: 'V' | 'M'; rows: readonly LibraryRow[] }[]

/** B.1 安全管理. */
const management: LibraryPage = [
  {
    item: 'B.1.1', // 安全生产责任制
    source: 'V',
    rows: [
      ['未建立安全生产责任制', 10],
      ['安全生产责任制未经责任人签字', 3],
      ['未制定各工种安全技术操作规程', 2, 10],
      ['未按规定配备专职安全员', 2, 10],
      ['承包合同中未明确安全生产考核指标', 5],
      ['未制定安全资金保障制度', 5],
      ['未编制安全资金使用计划或未按计划实施', 2, 5],
      ['未制定伤亡控制、安全达标、文明施工等管理目标', 5],
      ['未进行安全责任目标分解', 5],
      ['未建立安全生产责任制考核制度', 5],
      ['未按考核制度对管理人员定期考核', 2, 5],
    ],
  },
  {
    item: 'B.1.2', // 施工组织设计及专项施工方案
    source: 'V',
    rows: [
      ['施工组织设计中未制定安全技术措施', 10],
      ['危险性较大的分部分项工程未编制安全专项施工方案', 10],
      ['超过一定规模的危险性较大的分部分项工程专项施工方案未经专家论证', 10],
      ['施工组织设计、专项施工方案未经审批', 10],
      ['安全措施、专项施工方案无针对性或缺少设计计算', 2, 8],
      ['未按施工组织设计、专项施工方案组织实施', 2, 10],
    ],
  },
  {
    item: 'B.1.3', // 安全技术交底
    source: 'V',
    rows: [
      ['未进行书面安全技术交底', 10],
      ['未按分部分项进行交底', 5],
      ['交底内容不全面或针对性不强', 2, 5],
      ['交底未履行签字手续', 4],
    ],
  },
  {
    item: 'B.1.4', // 安全检查
    source: 'V',
    rows: [
      ['未建立安全检查制度', 10],
      ['未有安全检查记录', 5],
      ['事故隐患的整改未做到定人、定时间、定措施', 2, 6],
      ['对重大事故隐患未按期整改和复查', 5, 10],
    ],
  },
  {
    item: 'B.1.5', // 安全教育
    source: 'M',
    rows: [
      ['未建立安全教育培训制度', 10],
      ['施工人员入场未进行三级安全教育培训和考核', 5],
      ['未明确具体安全教育培训内容', 5],
      ['变换工种或采用新技术、新工艺、新设备、新材料未进行安全教育', 5],
      ['施工管理人员、专职安全员未按规定进行年度教育培训', 2, 2, 'person'],
    ],
  },
  {
    item: 'B.1.6', // 应急救援
    source: 'M',
    rows: [
      ['未制定安全生产应急救援预案', 10],
      ['未建立应急救援组织或未按规定配备救援人员', 2, 6],
      ['未定期进行应急救援演练', 5],
      ['未配置应急救援器材和设备', 5],
    ],
  },
  {
    item: 'B.1.7', // 分包单位安全管理
    source: 'M',
    rows: [
      ['分包单位资质、资格、分包手续不全或失效', 10],
      ['未签订安全生产协议书', 5],
    ],
  },
  {
    item: 'B.1.8', // 持证上岗
    source: 'M',
    rows: [
      ['未经培训从事施工、安全管理和特种作业', 5, 5, 'person'],
      ['项目经理、专职安全员和特种作业人员未持证上岗', 2, 2, 'person'],
    ],
  },
  {
    item: 'B.1.9', // 生产安全事故处理
    source: 'M',
    rows: [
      ['生产安全事故未按规定报告', 10],
      ['生产安全事故未按规定进行调查分析、制定防范措施', 10],
      ['未依法为施工作业人员办理保险', 5],
    ],
  },
  {
    item: 'B.1.10', // 安全标志
    source: 'M',
    rows: [
      ['主要施工区域、危险部位未按规定悬挂安全标志', 2, 6],
      ['未绘制现场安全标志布置图', 3],
      ['未设置重大危险源公示牌', 5],
    ],
  },
]

/**
 * The deductions we know, by item. One row: what was found, least and most points (one number where there is no choice), for what.
 * 'V' read in a copy of the standard, 'M' from memory. It covers B.1, B.3, B.10, B.13 and parts of B.15, B.16, B.19;
 * elsewhere the officer decides within the points of the item (自由裁量). Rows are only ever added at the end of an item: their place is their code.
 */
export const deductionLibrary: LibraryPage = [...management, ...scaffolds, ...highAndMachines]
