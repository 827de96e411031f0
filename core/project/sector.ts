import { z } from 'zod'

/** 行业: decides which authority answers for a project and by which criterion it must be equipped. */
export const sectors = {
  building: { label: '房建', works: 'building', authority: 'construction' },
  municipal: { label: '市政', works: 'municipal', authority: 'construction' },
  housing: { label: '保障性住房', works: 'building', authority: 'construction' },
  industrial: { label: '产业园区', works: 'building', authority: 'construction' },
  water: { label: '水利', works: 'municipal', authority: 'water' },
  transport: { label: '交通', works: 'municipal', authority: 'transport' },
  landscape: { label: '园林', works: 'municipal', authority: 'landscape' },
} as const
export type Sector = keyof typeof sectors
export const Sector = z.enum(Object.keys(sectors) as [Sector, ...Sector[]])

/** 行业主管部门 of a sector. */
export const authorities = {
  construction: '住房和城乡建设主管部门',
  water: '水行政主管部门',
  transport: '交通运输主管部门',
  landscape: '园林绿化主管部门',
} as const
export type Authority = keyof typeof authorities
export const Authority = z.enum(Object.keys(authorities) as [Authority, ...Authority[]])

export const sectorsOf = (authority: Authority): Sector[] =>
  Sector.options.filter((sector) => sectors[sector].authority === authority)

/** 施工阶段 */
export const stages = { foundation: '基础', structure: '主体', fitout: '装饰', completion: '收尾' } as const
export type Stage = keyof typeof stages
export const Stage = z.enum(Object.keys(stages) as [Stage, ...Stage[]])

/** 项目类别标签. Four of them are criteria of 必须设置监管系统的工程. */
export const tags = {
  first_class: '一类项目',
  standard_site: '标化项目',
  key_public: '重点公建',
  key_investment: '重点投资',
  designated: '主管部门认定',
} as const
export type Tag = keyof typeof tags
export const Tag = z.enum(Object.keys(tags) as [Tag, ...Tag[]])

/** 必须设置的监管系统 */
export const duties = { video: '视频监控', attendance: '实名考勤', dust: '扬尘在线监测' } as const

/** 预警等级, as lists and exports name it. */
export const tierLabels = { calm: '正常', yellow: '黄色提醒', red: '红色锁定' } as const
