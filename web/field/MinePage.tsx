import { Button, List } from 'antd-mobile'
import { useNavigate } from 'react-router'
import { useSession } from '../kit/session.tsx'
import { useCapacities } from '../kit/SignIn.tsx'
import { Failure } from '../kit/ui/Failure.tsx'
import { TopBar } from './Shell.tsx'

/** 我的: who acts here and in which capacity, the reader's messages and password, the other capacities, the way out. */
export function MinePage() {
  const session = useSession()
  const navigate = useNavigate()
  const { others, choose, leave, pending, error } = useCapacities(session)
  const { appointment, person } = session
  return (
    <div className="field-stack">
      <TopBar title="我的" />
      <List header="当前职责">
        <List.Item description={[appointment?.org, appointment?.scope].filter(Boolean).join(' · ')}>
          {person.name} · {appointment?.capacityLabel ?? '未选职责'}
        </List.Item>
      </List>
      <List>
        <List.Item onClick={() => void navigate('/messages')} extra={session.unread > 0 && `未读 ${session.unread}`}>
          消息
        </List.Item>
        <List.Item onClick={() => void navigate('/password')}>修改密码</List.Item>
      </List>
      {others.length > 0 && (
        <List header="切换职责">
          {others.map((one) => (
            <List.Item
              key={one.id}
              onClick={() => choose(one.id)}
              disabled={pending}
              description={[one.org, one.scope].filter(Boolean).join(' · ')}
            >
              {one.capacityLabel}
            </List.Item>
          ))}
        </List>
      )}
      {error && <Failure error={error} />}
      <Button block size="large" onClick={leave} loading={pending}>
        退出
      </Button>
    </div>
  )
}
