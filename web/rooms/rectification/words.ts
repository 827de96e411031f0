import { severityTitles } from '@plumbline/core/inspection'
import {
  answerableRoles,
  type ItemState,
  itemStateTitles,
  lastDayOf,
  type Notice,
  type NoticeItem,
  noticeKinds,
  type NoticeState,
  noticeWorkflow,
  type Service,
  serviceWays,
  type Track,
} from '@plumbline/core/rectification'
import { tierWords, type Tone } from '../../kit/ui/index.ts'
import { dayAt } from '../../kit/day.ts'

export const optionsOf = <K extends string>(titles: Record<K, string>) =>
  (Object.entries(titles) as [K, string][]).map(([value, label]) => ({ value, label }))

export const kindOptions = optionsOf(noticeKinds)
export const severityOptions = optionsOf(severityTitles)
export const wayOptions = optionsOf(serviceWays)
export const itemStateOptions = optionsOf(itemStateTitles)
export const stateOptions = (Object.entries(noticeWorkflow.states) as [NoticeState, { label: string }][]).map(
  ([value, { label }]) => ({ value, label }),
)

export const outcomeTitles: Record<Service['outcome'], string> = {
  delivered: '已送达',
  read: '已签收',
  refused: '拒绝签收',
}

export const itemTones: Record<ItemState, Tone> = {
  fixing: 'yellow',
  replied: 'blue',
  confirmed: 'blue',
  accepted: 'calm',
}

/** Somebody still has something to do with it. */
export const isOpen = ({ state }: { state: NoticeState }): boolean => !noticeWorkflow.states[state].final

export const sayNumber = (number: string | null): string => number ?? '未编号'

/** 云桥建设（施工单位）. */
export const sayUnit = ({ orgName, orgRole }: Pick<Notice, 'orgName' | 'orgRole'>): string =>
  `${orgName}（${answerableRoles[orgRole]}）`

/** 直接送达 何秉（项目经理），已签收. */
export function sayService(service: Service): string {
  const { way, recipient, outcome, note } = service
  return [`${serviceWays[way]} ${recipient.name}（${recipient.post}），${outcomeTitles[outcome]}`, note]
    .filter(Boolean)
    .join('；')
}

/** The term of an item: its last day once served, before that the days of its own or of the law. */
export function sayTermOf(item: NoticeItem, terms: Record<string, number>): string {
  if (item.due) return lastDayOf(item.due)
  const days = item.days ?? terms[item.severity]
  if (days === undefined) return '按法定期限'
  return days === 0 ? '立即' : `送达后 ${days} 日`
}

/** Days used and left, and who holds the item now (REC-04). */
export function sayTrack({ daysUsed, daysLeft, overdue, holder, holderName }: Omit<Track, 'itemId'>): string {
  if (daysUsed === null) return ''
  if (holder === 'nobody') return `用时 ${daysUsed} 天`
  const left =
    daysLeft === null ? '' : overdue || daysLeft < 0 ? `逾期 ${Math.max(-daysLeft, 1)} 天` : `剩 ${daysLeft} 天`
  return [`已用 ${daysUsed} 天`, left, `在 ${holderName} 处`].filter(Boolean).join('，')
}

/** 2026-11-11 送达. */
export const sayServed = (servedAt: string | null): string => (servedAt ? `${dayAt(servedAt)} 送达` : '尚未送达')

export const tierOptions = optionsOf(tierWords)

const flagOptions = (yes: string, no: string): { value: 'true' | 'false'; label: string }[] => [
  { value: 'true', label: yes },
  { value: 'false', label: no },
]
export const openOptions = flagOptions('未闭合', '已办结')
export const overdueOptions = flagOptions('已逾期', '未逾期')
export const issuedOptions = flagOptions('已下达', '未下达')
export const withdrawnOptions = flagOptions('已撤回', '不含撤回')
export const acceptedOptions = flagOptions('隐患已闭合', '隐患未闭合')
export const repeatOptions = flagOptions('重复隐患', '非重复隐患')
