import { Dropdown } from 'antd'
import { useNavigate } from 'react-router'
import { sentenceFor } from '../kit/rules.zh.ts'
import { useSession } from '../kit/session.tsx'
import { useCapacities } from '../kit/SignIn.tsx'

/** Who acts, in which capacity, how far; the other capacities, the reader's messages, the own password and the way out. */
export function PersonMenu() {
  const session = useSession()
  const { others, choose, leave, pending, error } = useCapacities(session)
  const { appointment, person } = session
  const navigate = useNavigate()
  const follow = (key: string) => (key === 'leave' ? leave() : key.startsWith('/') ? void navigate(key) : choose(key))
  const words = [person.name, appointment?.capacityLabel, appointment?.scope ?? appointment?.org].filter(Boolean)
  const items = [
    ...(others.length
      ? [
          {
            key: 'others',
            type: 'group' as const,
            label: '切换职责',
            children: others.map((one) => ({
              key: one.id,
              label: [one.capacityLabel, one.scope ?? one.org].filter(Boolean).join(' · '),
            })),
          },
          { key: 'line', type: 'divider' as const },
        ]
      : []),
    { key: '/messages', label: '消息' },
    { key: '/password', label: '修改密码' },
    { key: 'leave', label: '退出' },
  ]
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => follow(key) }} disabled={pending}>
        <button type="button" className="person">
          {words[0]}
          <span className="person-more">{words.slice(1).map((word) => ` · ${word}`)}</span> ▾
        </button>
      </Dropdown>
      {error && <span role="alert">{sentenceFor(error)}</span>}
    </>
  )
}
