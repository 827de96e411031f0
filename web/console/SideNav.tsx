import { NavLink } from 'react-router'
import type { NavItem } from '../kit/panels.tsx'
import { mayOpen, useSession } from '../kit/session.tsx'
import { groupNav } from './nav.ts'

const nothingToCount = () => undefined

/** Only rooms that exist and that the present capacity may open. */
export function SideNav({ nav }: { nav: readonly NavItem[] }) {
  const session = useSession()
  const groups = groupNav(nav.filter((item) => !item.head && mayOpen(session, item.permission)))
  return (
    <nav className="side" aria-label="主导航">
      {groups.map(({ group, items }) => (
        <div key={group}>
          {group && <b>{group}</b>}
          {items.map((item) => (
            <Entry key={item.path} item={item} />
          ))}
        </div>
      ))}
    </nav>
  )
}

function Entry({ item }: { item: NavItem }) {
  const { useCount = nothingToCount } = item
  const count = useCount()
  return (
    <NavLink to={item.path} end={item.path === '/'} className={({ isActive }) => (isActive ? 'on' : '')}>
      {item.label}
      {count !== undefined && count > 0 && <i className="num">{count}</i>}
    </NavLink>
  )
}
