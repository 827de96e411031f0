import type { Request as RequestOf } from '@plumbline/core/kit'
import { sessionContract, type DemoPerson, type SessionView } from '@plumbline/core/base'
import { Button, Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { useRoute } from './api.ts'
import { markFields } from './fields.ts'
import { useSessionChange } from './session.tsx'
import './sign-in.css'
import { Failure } from './ui/Failure.tsx'
import { Loading } from './ui/Loading.tsx'
import { Mark } from './ui/Mark.tsx'

/** The way in: name and password, the demo people where there are any, the first administrator of an empty county. */
export function SignInPage({ session, place }: { session: SessionView; place: string }) {
  return (
    <main className="sign-in">
      <header>
        <Mark size={28} />
        <h1>准绳</h1>
        <span>{place}</span>
      </header>
      <p className="muted">{session.county.authority}</p>
      {session.empty ? <FirstAdministrator /> : <PasswordForm />}
      {session.demo && !session.empty && <DemoPeople />}
    </main>
  )
}

const needed = [{ required: true, message: '请填写' }]

interface Account {
  login: string
  password: string
}

function PasswordField({ fresh }: { fresh?: boolean }) {
  return (
    <Form.Item name="password" label="密码" rules={needed}>
      <Input.Password autoComplete={fresh ? 'new-password' : 'current-password'} size="large" />
    </Form.Item>
  )
}

function PasswordForm() {
  const send = useSessionChange(sessionContract.signIn)
  const [form] = Form.useForm<Account>()
  const enter = (account: Account) => send.mutate({ body: account }, { onError: (error) => markFields(form, error) })
  return (
    <Frame title="登录">
      <Form form={form} layout="vertical" onFinish={enter} requiredMark={false}>
        <Form.Item name="login" label="账号" rules={needed}>
          <Input autoComplete="username" size="large" />
        </Form.Item>
        <PasswordField />
        {send.error && <Failure error={send.error} />}
        <Button type="primary" htmlType="submit" size="large" block loading={send.isPending}>
          登录
        </Button>
      </Form>
    </Frame>
  )
}

type First = RequestOf<typeof sessionContract.firstAdministrator, 'in'>['body'] & { again: string }

function FirstAdministrator() {
  const send = useSessionChange(sessionContract.firstAdministrator)
  const [form] = Form.useForm<First>()
  const enter = ({ again: _, ...body }: First) => send.mutate({ body }, { onError: (error) => markFields(form, error) })
  return (
    <Frame title="设立第一位管理员">
      <p className="muted">本县还没有任何人员。第一位管理员设立后，由其录入机构、人员和项目，本页不再出现。</p>
      <Form form={form} layout="vertical" onFinish={enter} requiredMark={false}>
        <Form.Item name={['county', 'name']} label="县（市、区）名称" rules={needed}>
          <Input placeholder="青禾县" />
        </Form.Item>
        <Form.Item
          name={['county', 'region']}
          label="行政区划代码"
          rules={[{ required: true, pattern: /^\d{6}$/, message: '应为 6 位数字' }]}
        >
          <Input inputMode="numeric" maxLength={6} />
        </Form.Item>
        <Form.Item name={['county', 'authority']} label="主管部门全称" rules={needed}>
          <Input placeholder="青禾县住房和城乡建设局" />
        </Form.Item>
        <Form.Item name={['county', 'documentWord']} label="文书机关代字" rules={needed}>
          <Input placeholder="青建" maxLength={10} />
        </Form.Item>
        <Form.Item name="name" label="管理员姓名" rules={needed}>
          <Input autoComplete="name" />
        </Form.Item>
        <Form.Item name="login" label="账号" rules={needed}>
          <Input autoComplete="username" />
        </Form.Item>
        <PasswordField fresh />
        <Form.Item
          name="again"
          label="再填一次密码"
          dependencies={['password']}
          rules={[
            { required: true, message: '请填写' },
            ({ getFieldValue }) => ({
              validator: (_, again: unknown) =>
                again === undefined || again === '' || again === getFieldValue('password')
                  ? Promise.resolve()
                  : Promise.reject(new Error('两次填写的密码不同')),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" size="large" />
        </Form.Item>
        {send.error && <Failure error={send.error} />}
        <Button type="primary" htmlType="submit" size="large" block loading={send.isPending}>
          设立并登录
        </Button>
      </Form>
    </Frame>
  )
}

function DemoPeople() {
  const people = useRoute(sessionContract.demoPeople, {})
  const send = useSessionChange(sessionContract.demoSignIn)
  const enter = ({ key }: DemoPerson) => send.mutate({ body: { key } })
  return (
    <Frame title="演示人员" note="点按即以此人登录。人员、单位和项目均为虚构。">
      {people.isPending && <Loading />}
      {people.error && <Failure error={people.error} again={() => void people.refetch()} />}
      {send.error && <Failure error={send.error} />}
      <ul className="demo-people">
        {people.data?.rows.map((person) => (
          <li key={person.key}>
            <button type="button" onClick={() => enter(person)} disabled={send.isPending}>
              <b>{person.name}</b>
              <span>{person.capacityLabel}</span>
              <small>{person.scope}</small>
            </button>
          </li>
        ))}
      </ul>
    </Frame>
  )
}

function Frame({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="card">
      <h2>
        {title}
        {note && <span className="card-note">{note}</span>}
      </h2>
      <div className="card-body">{children}</div>
    </section>
  )
}

/** The capacities of somebody with several appointments; picking one changes what everything shows. */
export function useCapacities(session: SessionView) {
  const choose = useSessionChange(sessionContract.choose)
  const leave = useSessionChange(sessionContract.signOut)
  return {
    others: session.appointments.filter((one) => one.id !== session.appointment?.id),
    choose: (appointmentId: string) => choose.mutate({ body: { appointmentId } }),
    leave: () => leave.mutate({}),
    pending: choose.isPending || leave.isPending,
    error: choose.error ?? leave.error,
  }
}
