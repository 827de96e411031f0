import type { DeductionAsk, Severity } from '@plumbline/core/inspection'
import type { Scene, Sector, Stage } from '../county/index.ts'

/** What inspectors of this county find: words, the item of the form, and the points it costs. */
export interface Fault {
  template: 'jgj59' | 'dust'
  /** The table of JGJ 59; empty on a checklist. */
  table: string
  item: string
  scene: Scene
  /** Stages of a site at which it is met. */
  stages: readonly Stage[]
  /** Kinds of works at which it is met; absent: at all. */
  sectors?: readonly Sector[]
  severity: Severity
  text: string
  requirement: string
  deductions: DeductionAsk[]
  /** What the unit answers when it has put it right. */
  answer: string
}

const taken = (rule: string, points: number, count = 1): DeductionAsk[] => [{ by: 'rule', rule, points, count }]
const freely = (text: string, points: number): DeductionAsk[] => [{ by: 'discretion', text, points }]

const rising = ['structure', 'fitout'] as const
/** Works with storeys. */
const storeys = ['building', 'housing', 'industrial'] as const
const lines = ['municipal', 'water', 'transport', 'landscape'] as const
const always = ['foundation', 'structure', 'fitout', 'completion'] as const

export const faults = {
  edge: {
    template: 'jgj59',
    table: 'B.13',
    item: 'B.13.4',
    scene: 'edge',
    stages: rising,
    sectors: storeys,
    severity: 'serious',
    text: '主体楼层东侧楼板边沿未设防护栏杆，长约 6 米，临空面下方有人员通行',
    requirement: '立即停止该部位作业，按规范补设防护栏杆和挡脚板，经监理验收后恢复作业',
    deductions: taken('B.13.4-1', 10),
    answer: '已按规范设置定型化防护栏杆两道并加设挡脚板，经自检合格，报监理复核',
  },
  railing: {
    template: 'jgj59',
    table: 'B.13',
    item: 'B.13.4',
    scene: 'edge',
    stages: rising,
    sectors: storeys,
    severity: 'general',
    text: '楼梯临边防护栏杆仅设一道横杆，立杆间距偏大，局部松动',
    requirement: '补设横杆，加密并固定立杆',
    deductions: taken('B.13.4-2', 5),
    answer: '已增设中间横杆，立杆加密至 2 米以内并重新固定',
  },
  opening: {
    template: 'jgj59',
    table: 'B.13',
    item: 'B.13.5',
    scene: 'opening',
    stages: rising,
    sectors: storeys,
    severity: 'serious',
    text: '预留洞口两处未设盖板或防护栏杆',
    requirement: '洞口加设固定盖板，边长大于 1.5 米的四周设防护栏杆',
    deductions: taken('B.13.5-1', 5, 2),
    answer: '两处洞口已加设固定盖板并涂刷警示标识',
  },
  passage: {
    template: 'jgj59',
    table: 'B.13',
    item: 'B.13.6',
    scene: 'passage',
    stages: rising,
    sectors: storeys,
    severity: 'general',
    text: '施工电梯通道口防护棚两侧未封闭，通道内堆放管材',
    requirement: '封闭防护棚两侧，清理通道',
    deductions: taken('B.13.6-2', 4),
    answer: '防护棚两侧已封闭，通道内管材已清运',
  },
  helmets: {
    template: 'jgj59',
    table: 'B.13',
    item: 'B.13.1',
    scene: 'edge',
    stages: always,
    severity: 'general',
    text: '作业面两名人员未按标准佩戴安全帽，下颌带未系',
    requirement: '对当班人员进行安全教育，落实班前检查',
    deductions: taken('B.13.1-2', 2, 2),
    answer: '已对当班人员进行教育并逐人签字，班前检查已落实到班组长',
  },
  braces: {
    template: 'jgj59',
    table: 'B.3',
    item: 'B.3.4',
    scene: 'scaffold',
    stages: rising,
    sectors: storeys,
    severity: 'serious',
    text: '外脚手架转角处剪刀撑未连续设置',
    requirement: '按专项施工方案补齐剪刀撑，重新组织验收',
    deductions: taken('B.3.4-2', 5),
    answer: '转角处剪刀撑已由底至顶连续设置，并已重新验收',
  },
  ties: {
    template: 'jgj59',
    table: 'B.3',
    item: 'B.3.3',
    scene: 'scaffold',
    stages: rising,
    sectors: storeys,
    severity: 'serious',
    text: '外脚手架南立面连墙件被拆除三处未恢复',
    requirement: '恢复连墙件，未恢复前该段架体不得使用',
    deductions: taken('B.3.3-1', 2, 3),
    answer: '三处连墙件已恢复，扣件力矩已抽检合格',
  },
  pitEdge: {
    template: 'jgj59',
    table: 'B.11',
    item: 'B.11.6',
    scene: 'pit',
    stages: ['foundation'],
    sectors: storeys,
    severity: 'serious',
    text: '基坑北侧临边防护栏杆缺失约 8 米，坑边堆放钢筋',
    requirement: '补设防护栏杆，清理坑边堆载',
    deductions: freely('基坑临边防护栏杆缺失', 6),
    answer: '北侧防护栏杆已补设，坑边钢筋已移至堆场',
  },
  pitWater: {
    template: 'jgj59',
    table: 'B.11',
    item: 'B.11.3',
    scene: 'pit',
    stages: ['foundation'],
    severity: 'general',
    text: '坑底积水，排水沟局部淤塞',
    requirement: '疏通排水沟，增设集水井并及时抽排',
    deductions: freely('坑底积水，排水设施不畅', 4),
    answer: '排水沟已疏通，增设集水井一处，积水已抽排',
  },
  pitWall: {
    template: 'jgj59',
    table: 'B.11',
    item: 'B.11.2',
    scene: 'pit',
    stages: ['foundation'],
    severity: 'imminent',
    text: '基坑西侧支护面层开裂并有渗水，坑边仍有重型车辆通行',
    requirement: '立即停止基坑作业，撤出人员，对支护结构进行检测和加固',
    deductions: freely('支护结构变形渗漏，未采取措施', 10),
    answer: '已按专项方案加固并经第三方监测，变形已收敛',
  },
  trench: {
    template: 'jgj59',
    table: 'B.11',
    item: 'B.11.6',
    scene: 'pit',
    stages: ['foundation', 'structure'],
    sectors: lines,
    severity: 'serious',
    text: '沟槽开挖深约 2 米，临边未设防护，未设上下通道',
    requirement: '补设临边防护和上下专用通道，沟边 1 米内不得堆土',
    deductions: freely('沟槽临边未设防护和上下通道', 6),
    answer: '沟槽两侧已设防护栏杆，每 30 米设专用梯道，沟边堆土已清理',
  },
  switchbox: {
    template: 'jgj59',
    table: 'B.14',
    item: 'B.14.4',
    scene: 'switchbox',
    stages: always,
    severity: 'general',
    text: '二级配电箱未上锁，一处开关箱多台设备共用一个漏电保护器',
    requirement: '落实“一机、一闸、一漏、一箱”，配电箱上锁并由电工管理',
    deductions: freely('未实行一机一闸一漏一箱', 8),
    answer: '已分设开关箱和漏电保护器，配电箱已上锁并张贴责任人',
  },
  bareSoil: {
    template: 'dust',
    table: '',
    item: 'dust.2',
    scene: 'dust',
    stages: always,
    severity: 'general',
    text: '场内裸土和砂石料堆未覆盖，约 300 平方米',
    requirement: '裸土、料堆全部覆盖，落实专人巡查',
    deductions: [],
    answer: '裸土和料堆已全部覆盖防尘网，并安排专人每日巡查',
  },
  washing: {
    template: 'dust',
    table: '',
    item: 'dust.3',
    scene: 'dust',
    stages: always,
    severity: 'general',
    text: '出入口冲洗设备停用，车辆带泥上路',
    requirement: '恢复冲洗设备并保证出场车辆冲洗干净',
    deductions: [],
    answer: '冲洗设备已修复启用，出入口已清扫',
  },
} as const satisfies Record<string, Fault>

export type FaultKey = keyof typeof faults

/** What the supervision unit has left undone, found beside its contractor's faults. */
export const supervisionFault = {
  template: 'jgj59',
  table: 'B.1',
  item: 'B.1.4',
  scene: 'switchbox',
  stages: always,
  severity: 'general',
  text: '监理单位对已发现的隐患未跟踪复查，监理通知单无闭合记录',
  requirement: '对在案隐患逐条复查并完善闭合记录',
  deductions: taken('B.1.4-3', 3),
  answer: '已逐条复查并补齐复查记录，今后每周核对一次',
} as const satisfies Fault
