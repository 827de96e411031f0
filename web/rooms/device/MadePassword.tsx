import { Link } from 'react-router'
import { Copied, Page, Section } from '../../kit/ui/index.ts'
import './device.css'

/** 设备已登记: the password that the server made stands here and nowhere else. */
export function MadePassword({ id, password }: { id: string; password: string }) {
  return (
    <Page title="设备已登记" crumbs={[{ label: '监测设备', to: '/devices' }]}>
      <Section title="通信密码" padded>
        <p>请现在把密码填入设备或抄下。离开本页后不再显示，遗失时在设备页重设。</p>
        <Copied text={password} label="复制密码" />
        <p>
          <Link to={`/device/${id}`}>去设备页，查看接入方式和核对</Link>
        </p>
      </Section>
    </Page>
  )
}
