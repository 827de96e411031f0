import { type DutyStanding, type ProjectState, projectWorkflow } from '@plumbline/core/project'

/** 应设系统 */
export const dutyWords: Record<DutyStanding['duty'], string> = {
  video: '视频监控',
  attendance: '实名考勤',
  dust: '扬尘监测',
}

/** The criterion that obliges, in words; its figures stand in the rules, not here. */
export const becauseWords: Record<DutyStanding['because'], string> = {
  building_area: '建筑面积达到标准',
  municipal_cost: '工程造价达到标准',
  key_project: '重点公建或重点投资项目',
  standard_site: '申报标化工地',
  designated: '主管部门认定',
  zone_area: '国家高新区内，建筑面积达到标准',
}

export const stateLabel = (state: ProjectState | null) => (state ? projectWorkflow.states[state].label : '未登记')
