import type { Law } from './law.ts'

/** What the quota of a contractor is measured by: ㎡ of a building, 万元 of civil works, heads of a labour subcontractor. */
export type QuotaMeasure =
  | { by: 'area'; area: number }
  | { by: 'cost'; cost: number }
  | { by: 'workers'; workers: number }

/** How many 专职安全生产管理人员 a contractor must post to a project at least, and the clause. 建质〔2008〕91号. */
export function safetyOfficersRequired(measure: QuotaMeasure, law: Law): { count: number; clause: string } {
  const size = (medium: boolean, large: boolean) =>
    law.number(large ? 'safety_officer.large' : medium ? 'safety_officer.medium' : 'safety_officer.small')
  switch (measure.by) {
    case 'area': {
      // 1万平方米以下 has one, up to and with the figure; 5万平方米及以上 has three
      const { value, clause } = law.rule('safety_officer.area_medium')
      return {
        count: size(measure.area > Number(value), measure.area >= law.number('safety_officer.area_large')),
        clause,
      }
    }
    case 'cost': {
      const { value, clause } = law.rule('safety_officer.cost_medium')
      return {
        count: size(measure.cost >= Number(value), measure.cost >= law.number('safety_officer.cost_large')),
        clause,
      }
    }
    case 'workers': {
      const { value, clause } = law.rule('safety_officer.workers_medium')
      const large = measure.workers > law.number('safety_officer.workers_large')
      const count = size(measure.workers >= Number(value), large)
      // above 200 not fewer than three, and not under 5‰ of the workers
      const share = Math.ceil((measure.workers * law.number('safety_officer.workers_per_mille')) / 1000)
      return { count: large ? Math.max(count, share) : count, clause }
    }
  }
}
