/** The text that a rule or a step obeys: what it is called, where it is printed, and in which article. */
export interface Clause {
  title: string
  document: string
  article: string
}

const jiaxing = '《提升我市建筑工地智慧化监管水平的实践与探索》（嘉兴市住房和城乡建设局）'
const houseRules = '本平台运行参数'

/**
 * Where the number of an article is not confirmed, the article is named by its subject.
 * Local practice of one place stands as the default of the house until a region overrides it.
 */
export const clauses = {
  'pinghu.ladder': { title: '整改单七天黄色提醒、十五天红色锁定', document: jiaxing, article: '平湖市：移动掌上执法' },
  'pinghu.commitment': {
    title: '承诺事项三十日倒计时，超时自动锁定业务',
    document: jiaxing,
    article: '平湖市：营商环境优化',
  },
  'pinghu.dust_refresh': { title: '扬尘监测数据每五分钟更新', document: jiaxing, article: '平湖市：扬尘管控' },
  'xiuzhou.equipment_1': {
    title: '必须设置“智慧工地”监管系统的工程（1.0版）',
    document: jiaxing,
    article: '秀洲区：2016年7月1日起',
  },
  'xiuzhou.equipment_2': {
    title: '必须设置“智慧工地”监管系统的工程（2.0版）',
    document: jiaxing,
    article: '秀洲区：2019年起',
  },
  'xiuzhou.zone': { title: '秀洲国家高新区另增加的范围', document: jiaxing, article: '秀洲区：2019年起' },
  'xiuzhou.spray': { title: 'PM2.5超限时喷淋喷雾系统自动开启', document: jiaxing, article: '秀洲区：2.0版' },
  'district.overdue_warning': {
    title: '逾期未整改自动发出警告',
    document: '“**区建设工程智慧监管平台”介绍（**区住房和城乡建设委员会）',
    article: '隐患整改及时跟踪督促',
  },
  'supervision.plan': {
    title: '编制施工安全监督工作计划',
    document: '《房屋建筑和市政基础设施工程施工安全监督工作规程》（建质〔2014〕154号）',
    article: '监督工作计划',
  },
  'supervision.record': {
    title: '监督抽查记录由监督人员和现场有关人员签字',
    document: '《房屋建筑和市政基础设施工程施工安全监督工作规程》（建质〔2014〕154号）',
    article: '抽查记录',
  },
  'supervision.rectify_term': {
    title: '责令立即整改或者限期整改',
    document: '《房屋建筑和市政基础设施工程施工安全监督工作规程》（建质〔2014〕154号）',
    article: '隐患处理',
  },
  'supervision.two_officers': {
    title: '监督抽查由两名以上监督人员进行',
    document: '《房屋建筑和市政基础设施工程施工安全监督工作规程》（建质〔2014〕154号）',
    article: '监督抽查',
  },
  'supervision.stop_work': {
    title: '重大隐患责令暂时停止施工，复查合格后恢复施工',
    document: '《房屋建筑和市政基础设施工程施工安全监督工作规程》（建质〔2014〕154号）',
    article: '隐患处理',
  },
  'supervision.recheck': {
    title: '对整改情况进行复查',
    document: '《房屋建筑和市政基础设施工程施工安全监督工作规程》（建质〔2014〕154号）',
    article: '隐患处理',
  },
  'joint_acceptance.one_form': {
    title: '联合验收：一次申请、一套材料、一次告知',
    document: '《国务院办公厅关于全面开展工程建设项目审批制度改革的实施意见》（国办发〔2019〕11号）',
    article: '实行联合审图和联合验收',
  },
  'noise_2011.limit': {
    title: '建筑施工场界环境噪声排放限值',
    document: 'GB 12523-2011《建筑施工场界环境噪声排放标准》',
    article: '4.1',
  },
  'noise_2011.night_peak': {
    title: '夜间噪声最大声级',
    document: 'GB 12523-2011《建筑施工场界环境噪声排放标准》',
    article: '4.2',
  },
  'noise_2025.limit': {
    title: '建筑施工噪声排放限值',
    document: 'GB 12523-2025《建筑施工噪声排放标准》',
    article: '排放限值',
  },
  'noise_2025.night_peak': {
    title: '夜间最大声级',
    document: 'GB 12523-2025《建筑施工噪声排放标准》',
    article: '排放限值',
  },
  'noise_2011.measure': {
    title: '等效连续A声级的测量时段',
    document: 'GB 12523-2011《建筑施工场界环境噪声排放标准》',
    article: '测量方法',
  },
  'lifting.limiter': {
    title: '塔式起重机力矩限制器、起重量限制器',
    document: 'GB 5144-2006《塔式起重机安全规程》',
    article: '安全装置',
  },
  'jgj196.wind': {
    title: '风速达到12m/s停止塔式起重机作业',
    document: 'JGJ 196-2010《建筑施工塔式起重机安装、使用、拆卸安全技术规程》',
    article: '塔式起重机的使用',
  },
  'lifting.tilt': {
    title: '塔身倾角预警、报警值',
    document: 'GB/T 37366-2019《塔式起重机安全监控系统及数据传输规范》',
    article: '监控参数',
  },
  'hoist.limiter': {
    title: '施工升降机超载保护装置',
    document: 'JGJ 215-2010《建筑施工升降机安装、使用、拆卸安全技术规程》',
    article: '安全装置',
  },
  'hoist.persons': {
    title: '施工升降机不得超过额定载人数',
    document: 'JGJ 215-2010《建筑施工升降机安装、使用、拆卸安全技术规程》',
    article: '施工升降机的使用',
  },
  'jgj215.wind': {
    title: '顶部风速大于20m/s停止使用',
    document: 'JGJ 215-2010《建筑施工升降机安装、使用、拆卸安全技术规程》',
    article: '施工升降机的使用',
  },
  'gb50497.water': {
    title: '地下水位变化累计值与变化速率预警值',
    document: 'GB 50497《建筑基坑工程监测技术标准》',
    article: '监测预警值',
  },
  'gb50497.warning': {
    title: '变形累计值与变化速率预警',
    document: 'GB 50497《建筑基坑工程监测技术标准》',
    article: '监测预警',
  },
  'jgj300.displacement': {
    title: '支架水平位移预警值',
    document: 'JGJ 300-2013《建筑施工临时支撑结构技术规范》',
    article: '监测',
  },
  'gbt50081.curing': {
    title: '标准养护室温度20±2℃、相对湿度95%以上',
    document: 'GB/T 50081《混凝土物理力学性能试验方法标准》',
    article: '试件的养护',
  },
  'jgj59.scoring': { title: '检查评分方法', document: 'JGJ 59-2011《建筑施工安全检查标准》', article: '第4章' },
  'jgj59.grades': { title: '检查评定等级', document: 'JGJ 59-2011《建筑施工安全检查标准》', article: '第5章' },
  'safety_officer.general': {
    title: '总承包单位配备项目专职安全生产管理人员',
    document: '《建筑施工企业安全生产管理机构设置及专职安全生产管理人员配备办法》（建质〔2008〕91号）',
    article: '总承包单位',
  },
  'safety_officer.labour': {
    title: '劳务分包单位配备专职安全生产管理人员',
    document: '《建筑施工企业安全生产管理机构设置及专职安全生产管理人员配备办法》（建质〔2008〕91号）',
    article: '分包单位',
  },
  'danger_work.control': {
    title: '危险性较大的分部分项工程安全管理',
    document: '《危险性较大的分部分项工程安全管理规定》（住房和城乡建设部令第37号）',
    article: '监督管理',
  },
  // from memory, not seen again: [M]
  'high_formwork.pour': {
    title: '浇筑前确认安全生产条件，由项目总监理工程师签署混凝土浇筑令',
    document: '《建设工程高大模板支撑系统施工安全监督管理导则》（建质〔2009〕254号）',
    article: '混凝土浇筑',
  },
  'high_formwork.stop': {
    title: '浇筑过程中监测到变形等情况，立即停止浇筑并撤离作业人员',
    document: '《建设工程高大模板支撑系统施工安全监督管理导则》（建质〔2009〕254号）',
    article: '混凝土浇筑',
  },
  'quality.supervision': {
    title: '对工程实体质量、责任主体和检测单位质量行为抽查抽测',
    document: '《房屋建筑和市政基础设施工程质量监督管理规定》（住房和城乡建设部令第5号）',
    article: '质量监督内容',
  },
  'quality.quantified_record': {
    title: '建设工程质量监管双随机抽查记录表',
    document: '《青田县开展“智慧工地”平台建设工作》',
    article: '监管工作标准化',
  },
  'quality.testing': { title: '规范质量检查、检测行为，数据可追溯', document: jiaxing, article: '质量溯源机制' },
  'standardisation.appraisal': {
    title: '建筑施工安全生产标准化考评',
    document: '《建筑施工安全生产标准化考评暂行办法》（建质〔2014〕111号）',
    article: '项目考评',
  },
  'quarter.inspection': {
    title: '执法检查、季度督查、标准化考评符合性抽查',
    document: '湖南省工程项目动态监管平台（湖南住建，2022-05-07）',
    article: '人员监管与项目状态管理',
  },
  'fire.site': {
    title: '建设工程施工现场消防安全',
    document: 'GB 50720-2011《建设工程施工现场消防安全技术规范》',
    article: '全文',
  },
  'fire.acceptance': {
    title: '消防验收、备案和抽查',
    document: '《建设工程消防设计审查验收管理暂行规定》（住房和城乡建设部令第51号）',
    article: '消防验收与备案抽查',
  },
  'dust.six': { title: '施工工地扬尘防治“六个百分之百”', document: '建筑工地扬尘防治要求', article: '六个百分之百' },
  'identity.accounts': {
    title: '账户与权限管理：一人一号，按职责最小授权',
    document: 'GB/T 22239-2019《信息安全技术 网络安全等级保护基本要求》',
    article: '身份鉴别、访问控制',
  },
  'identity.lockout': {
    title: '登录失败处理',
    document: 'GB/T 22239-2019《信息安全技术 网络安全等级保护基本要求》',
    article: '身份鉴别',
  },
  'hj212.valid_share': {
    title: '时段数据有效性：正常样本不少于75%',
    document: 'HJ 212-2017《污染物在线监控（监测）系统数据传输标准》',
    article: '附录C 表C.16至C.18注',
  },
  'house.credibility': { title: '监测数据可信度判断', document: houseRules, article: '数据可信度' },
  'house.actuator': { title: '远程控制指令有效期', document: houseRules, article: '远程控制' },
  'house.dispatch': {
    title: '洒水车调度：到场时限、到场距离、效果对比时段',
    document: houseRules,
    article: '扬尘联动',
  },
  'house.spray': { title: '喷淋启停回差与运行时长', document: houseRules, article: '扬尘联动' },
  'house.alarm': { title: '报警的解除、搁置、告知与值班', document: houseRules, article: '监测报警' },
  'house.dust': { title: '颗粒物预警值（地方未另行规定时）', document: houseRules, article: '扬尘预警' },
  'house.perimeter': { title: '周界入侵即时报警', document: houseRules, article: '周界' },
  'gb3095_2012.daily': {
    title: '颗粒物24小时平均浓度限值（二级）',
    document: 'GB 3095-2012《环境空气质量标准》',
    article: '浓度限值',
  },
  'gb3095_2012.validity': {
    title: '污染物浓度数据有效性的最低要求',
    document: 'GB 3095-2012《环境空气质量标准》',
    article: '数据统计的有效性规定',
  },
  'gb3095_2026.daily': {
    title: 'PM2.5的24小时平均浓度限值（二级，分阶段）',
    document: 'GB 3095-2026《环境空气质量标准》',
    article: '浓度限值',
  },
  'gbt28591.levels': { title: '风力等级与风速', document: 'GB/T 28591-2012《风力等级》', article: '风力等级划分' },
  'gb1589.gross': {
    title: '四轴自卸车最大允许总质量',
    document: 'GB 1589-2016《汽车、挂车及汽车列车外廓尺寸、轴荷及质量限值》',
    article: '最大允许总质量限值',
  },
  'house.score': { title: '工地环境评分（不作为处罚依据）', document: houseRules, article: '环境评分' },
  'house.weather': { title: '大风、降水与重污染天气提示', document: houseRules, article: '天气风险' },
  'house.onboarding': { title: '设备接入的时限与离线说明', document: houseRules, article: '设备接入' },
  'house.telemetry': { title: '监测数据接收', document: houseRules, article: '数据接收' },
} as const satisfies Record<string, Clause>

export type ClauseKey = keyof typeof clauses

export const findClause = (key: string): Clause | undefined =>
  Object.hasOwn(clauses, key) ? clauses[key as ClauseKey] : undefined

/** The clause of a key. Throws for an unknown key, which is a bug. */
export function getClause(key: string): Clause {
  const clause = findClause(key)
  if (!clause) throw new Error(`no clause ${key}`)
  return clause
}

/** As papers cite it: 《…》 article, title. */
export const citeClause = (key: string): string => {
  const { document, article, title } = getClause(key)
  return `${document} ${article}（${title}）`
}
