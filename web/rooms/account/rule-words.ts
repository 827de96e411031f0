import type { RuleView } from '@plumbline/core/account'
import type { RuleCode } from '@plumbline/core/law'

export const sayValue = (value: RuleView['value']) =>
  typeof value === 'boolean' ? (value ? '是' : '否') : String(value)

/** How sure we are of a rule: the tag of core/law in words. The tag itself stands in the title. */
export function saySource(source: string): string {
  const [tag = '', place = ''] = source.split(':')
  const words: Record<string, string> = {
    V: '已核对原文',
    M: '凭记忆，待核对',
    'M?': '存疑，待核对',
    seed: '出自立项材料',
    L: '地方做法',
    engineering: '平台运行参数',
  }
  const said = words[tag.trim()]
  return said ? [said, place.trim()].filter(Boolean).join(' ') : source
}

/** What a rule of core/law is called; one that a region invents goes by its code. */
const ruleNames: Readonly<Record<RuleCode, string>> = {
  'actuator.command_ttl': '控制指令有效时长',
  'alarm.unread': '报警未读升级时限',
  'commitment.term': '承诺事项期限',
  'dust.pm25.spray_above': 'PM2.5 喷淋启动值（超过）',
  'dust.pm25.spray_off_below': 'PM2.5 喷淋停止值（低于）',
  'dust.pm25.spray_off_window': '喷淋停止判定时段',
  'dust.spray_rest': '喷淋两次动作最短间隔',
  'dust.spray_run_max': '喷淋一次最长时间',
  'dust.spray_run_min': '喷淋一次最短时间',
  'equipment.building_area': '房屋建筑应设监管系统：建筑面积',
  'equipment.designated': '应设监管系统：主管部门认定',
  'equipment.duty.attendance': '应设实名考勤',
  'equipment.duty.dust': '应设扬尘监测',
  'equipment.duty.video': '应设视频监控',
  'equipment.key_project': '应设监管系统：重点公建或重点投资项目',
  'equipment.municipal_cost': '市政工程应设监管系统：工程造价',
  'equipment.standard_site': '应设监管系统：申报标化工地',
  'equipment.zone_area': '国家高新区内应设监管系统：建筑面积',
  'inspection.officers_min': '监督检查最少人数',
  'jgj59.excellent': '安全检查评定优良分数',
  'jgj59.guarantee_by_ratio': '保证项目缺项时按比例判定',
  'jgj59.guarantee_full': '保证项目满分',
  'jgj59.guarantee_pass': '保证项目合格分数',
  'jgj59.qualified': '安全检查评定合格分数',
  'noise.day': '昼间噪声限值',
  'noise.day_begins': '昼间起始',
  'noise.night': '夜间噪声限值',
  'noise.night_begins': '夜间起始',
  'noise.night_peak_over': '夜间最大声级可超幅度',
  'rectification.overdue_warning': '逾期警告时点',
  'rectification.red_day': '红色锁定起始日',
  'rectification.term.general': '一般隐患整改期限',
  'rectification.term.imminent': '紧迫隐患整改期限',
  'rectification.term.serious': '严重隐患整改期限',
  'rectification.yellow_day': '黄色提醒起始日',
  'safety_officer.area_large': '专职安全员配备：大型工程建筑面积',
  'safety_officer.area_medium': '专职安全员配备：中型工程建筑面积',
  'safety_officer.cost_large': '专职安全员配备：大型工程合同价',
  'safety_officer.cost_medium': '专职安全员配备：中型工程合同价',
  'safety_officer.large': '专职安全员最少人数：大型工程',
  'safety_officer.medium': '专职安全员最少人数：中型工程',
  'safety_officer.small': '专职安全员最少人数：小型工程',
  'safety_officer.workers_large': '专职安全员配备：分包人数上档',
  'safety_officer.workers_medium': '专职安全员配备：分包人数中档',
  'safety_officer.workers_per_mille': '专职安全员占分包人数的千分比',
  'sign_in.failure_window': '登录失败计数时段',
  'sign_in.failures': '登录失败锁定次数',
  'sign_in.lockout': '登录锁定时长',
  'telemetry.clock_skew': '设备时钟允许偏差',
  'telemetry.late': '补传数据接收时限',
  'telemetry.refresh': '监测数值更新时限',
  'telemetry.valid_share': '时段均值的最低有效数据比例',
}

export const sayRule = (code: string): string => (Object.hasOwn(ruleNames, code) ? ruleNames[code as RuleCode] : code)
