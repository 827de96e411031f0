import { useInboxCount } from '../kit/Inbox.tsx'
import type { NavItem } from '../kit/panels.tsx'
import { rooms } from './rooms.ts'

/** The groups in the order of the work; '' stands on top without a heading. */
const groups = ['', '监督', '现场', '人员', '办件', '结果', '管理']

export interface NavGroup {
  group: string
  items: NavItem[]
}

/** Entries by group, only groups that have any; a group the house does not know is a mistake of its room. */
export function groupNav(items: readonly NavItem[]): NavGroup[] {
  const stray = items.find((item) => !groups.includes(item.group))
  if (stray) throw new Error(`nav group ${stray.group} of ${stray.path} is not one of ${groups.join(' ')}`)
  return groups
    .map((group) => ({
      group,
      items: items.filter((item) => item.group === group).toSorted((one, other) => one.order - other.order),
    }))
    .filter(({ items: some }) => some.length > 0)
}

const home: NavItem = { group: '', order: 0, path: '/', label: '待办', useCount: useInboxCount }

const operations: NavItem = {
  group: '管理',
  order: 90,
  path: '/operations',
  label: '运行状况',
  permission: 'operations.read',
}

export const nav: readonly NavItem[] = [home, operations, ...rooms.flatMap((room) => room.nav ?? [])]
