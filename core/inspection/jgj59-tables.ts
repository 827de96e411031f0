/** The ten items of the summary table (JGJ 59-2011 Appendix A), whose weights make 100. */
export const summaryItems = [
  { key: 'safetyMgmt', title: '安全管理', weight: 10 },
  { key: 'civilized', title: '文明施工', weight: 15 },
  { key: 'scaffold', title: '脚手架', weight: 10 },
  { key: 'pit', title: '基坑工程', weight: 10 },
  { key: 'formwork', title: '模板支架', weight: 10 },
  { key: 'highWork', title: '高处作业', weight: 10 },
  { key: 'electricity', title: '施工用电', weight: 10 },
  { key: 'hoist', title: '物料提升机与施工升降机', weight: 10 },
  { key: 'crane', title: '塔式起重机与起重吊装', weight: 10 },
  { key: 'machinery', title: '施工机具', weight: 5 },
] as const

export type SummaryKey = (typeof summaryItems)[number]['key']

export interface CheckItem {
  /** The table's code and the place in it: 'B.1.3'. */
  code: string
  title: string
  points: number
  /** 保证项目; else 一般项目. */
  guarantee: boolean
}

export interface CheckTable {
  code: string
  title: string
  summary: SummaryKey
  /** How sure the names and points are: 'V' seen in a copy of the edition, 'M' from memory, 'V M' partly. */
  source: 'V' | 'M' | 'V M'
  items: readonly CheckItem[]
}

/** The edition of these tables: the 1999 form, which still circulates, has others. */
export const jgj59Version = '2011'

type Named = readonly (readonly [title: string, points: number])[]

function table(
  code: string,
  title: string,
  summary: SummaryKey,
  source: CheckTable['source'],
  guarantee: Named,
  general: Named,
): CheckTable {
  const items = [...guarantee, ...general].map(([title, points], i) => ({
    code: `${code}.${i + 1}`,
    title,
    points,
    guarantee: i < guarantee.length,
  }))
  return { code, title, summary, source, items }
}

/** Appendix B: 19 tables of 100 points each; first the 保证项目, then the 一般项目. */
// prettier-ignore
export const jgj59Tables: readonly CheckTable[] = [
  table('B.1', '安全管理', 'safetyMgmt', 'V', [['安全生产责任制', 10], ['施工组织设计及专项施工方案', 10], ['安全技术交底', 10], ['安全检查', 10], ['安全教育', 10], ['应急救援', 10]], [['分包单位安全管理', 10], ['持证上岗', 10], ['生产安全事故处理', 10], ['安全标志', 10]]),
  table('B.2', '文明施工', 'civilized', 'V M', [['现场围挡', 10], ['封闭管理', 10], ['施工场地', 10], ['材料管理', 10], ['现场办公与住宿', 10], ['现场防火', 10]], [['综合治理', 10], ['公示标牌', 10], ['生活设施', 10], ['社区服务', 10]]),
  table('B.3', '扣件式钢管脚手架', 'scaffold', 'V', [['施工方案', 10], ['立杆基础', 10], ['架体与建筑结构拉结', 10], ['杆件间距与剪刀撑', 10], ['脚手板与防护栏杆', 10], ['交底与验收', 10]], [['横向水平杆设置', 10], ['杆件连接', 10], ['层间防护', 10], ['构配件材质', 5], ['通道', 5]]),
  table('B.4', '门式钢管脚手架', 'scaffold', 'M', [['施工方案', 10], ['架体基础', 10], ['架体稳定', 10], ['杆件锁臂', 10], ['脚手板', 10], ['交底与验收', 10]], [['架体防护', 10], ['构配件材质', 10], ['荷载', 10], ['通道', 10]]),
  table('B.5', '碗扣式钢管脚手架', 'scaffold', 'M', [['施工方案', 10], ['架体基础', 10], ['架体稳定', 10], ['杆件锁件', 10], ['脚手板', 10], ['交底与验收', 10]], [['架体防护', 10], ['构配件材质', 10], ['荷载', 10], ['通道', 10]]),
  table('B.6', '承插型盘扣式钢管脚手架', 'scaffold', 'M', [['施工方案', 10], ['架体基础', 10], ['架体稳定', 10], ['杆件设置', 10], ['脚手板', 10], ['交底与验收', 10]], [['架体防护', 10], ['杆件连接', 10], ['构配件材质', 10], ['通道', 10]]),
  table('B.7', '满堂脚手架', 'scaffold', 'M', [['施工方案', 10], ['架体基础', 10], ['架体稳定', 10], ['杆件锁件', 10], ['脚手板', 10], ['交底与验收', 10]], [['架体防护', 10], ['构配件材质', 10], ['荷载', 10], ['通道', 10]]),
  table('B.8', '悬挑式脚手架', 'scaffold', 'V M', [['施工方案', 10], ['悬挑钢梁', 10], ['架体稳定', 10], ['脚手板', 10], ['荷载', 10], ['交底与验收', 10]], [['杆件间距', 10], ['架体防护', 10], ['层间防护', 10], ['构配件材质', 10]]),
  table('B.9', '附着式升降脚手架', 'scaffold', 'M', [['施工方案', 10], ['安全装置', 10], ['架体构造', 10], ['附着支座', 10], ['架体安装', 10], ['架体升降', 10]], [['检查验收', 10], ['脚手板', 10], ['架体防护', 10], ['安全作业', 10]]),
  table('B.10', '高处作业吊篮', 'scaffold', 'V', [['施工方案', 10], ['安全装置', 10], ['悬挂机构', 10], ['钢丝绳', 10], ['安装作业', 10], ['升降作业', 10]], [['交底与验收', 10], ['安全防护', 10], ['吊篮稳定', 10], ['荷载', 10]]),
  table('B.11', '基坑工程', 'pit', 'V M', [['施工方案', 10], ['基坑支护', 10], ['降排水', 10], ['基坑开挖', 10], ['坑边荷载', 10], ['安全防护', 10]], [['基坑监测', 10], ['支撑拆除', 10], ['作业环境', 10], ['应急预案', 10]]),
  table('B.12', '模板支架', 'formwork', 'V M', [['施工方案', 10], ['支架基础', 10], ['支架构造', 10], ['支架稳定', 10], ['施工荷载', 10], ['交底与验收', 10]], [['杆件连接', 10], ['底座与托撑', 10], ['构配件材质', 10], ['支架拆除', 10]]),
  table('B.13', '高处作业', 'highWork', 'V', [], [['安全帽', 10], ['安全网', 10], ['安全带', 10], ['临边防护', 10], ['洞口防护', 10], ['通道口防护', 10], ['攀登作业', 10], ['悬空作业', 10], ['移动式操作平台', 10], ['悬挑式物料钢平台', 10]]),
  table('B.14', '施工用电', 'electricity', 'V M', [['外电防护', 10], ['接地与接零保护系统', 20], ['配电线路', 10], ['配电箱与开关箱', 20]], [['配电室与配电装置', 15], ['现场照明', 15], ['用电档案', 10]]),
  table('B.15', '物料提升机', 'hoist', 'V M', [['安全装置', 15], ['防护设施', 15], ['附墙架与缆风绳', 10], ['钢丝绳', 10], ['安拆、验收与使用', 10]], [['基础与导轨架', 10], ['动力与传动', 10], ['通信装置', 5], ['卷扬机操作棚', 10], ['避雷装置', 5]]),
  table('B.16', '施工升降机', 'hoist', 'V M', [['安全装置', 10], ['限位装置', 10], ['防护设施', 10], ['附墙架', 10], ['钢丝绳、滑轮与对重', 10], ['安拆、验收与使用', 10]], [['导轨架', 10], ['基础', 10], ['电气安全', 10], ['通信装置', 10]]),
  table('B.17', '塔式起重机', 'crane', 'V M', [['载荷限制装置', 10], ['行程限位装置', 10], ['保护装置', 10], ['吊钩、滑轮、卷筒与钢丝绳', 10], ['多塔作业', 10], ['安拆、验收与使用', 10]], [['附着', 10], ['基础与轨道', 10], ['结构设施', 10], ['电气安全', 10]]),
  table('B.18', '起重吊装', 'crane', 'M', [['施工方案', 10], ['起重机械', 10], ['钢丝绳与地锚', 10], ['索具', 10], ['作业环境', 10], ['作业人员', 10]], [['起重吊装', 10], ['高处作业', 10], ['构件码放', 10], ['警戒监护', 10]]),
  table('B.19', '施工机具', 'machinery', 'V M', [], [['平刨', 10], ['圆盘锯', 10], ['手持电动工具', 8], ['钢筋机械', 10], ['电焊机', 10], ['搅拌机', 10], ['气瓶', 8], ['翻斗车', 8], ['潜水泵', 6], ['振捣器', 8], ['桩工机械', 12]]),
]

const byCode = new Map(jgj59Tables.map((table) => [table.code, table]))
const itemByCode = new Map(jgj59Tables.flatMap((table) => table.items).map((item) => [item.code, item]))

export const findCheckTable = (code: string): CheckTable | undefined => byCode.get(code)

/** An item by its code, 'B.1.3'. */
export const findCheckItem = (code: string): CheckItem | undefined => itemByCode.get(code)
