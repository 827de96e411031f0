import { Alert, Typography } from 'antd'

/** A password that is shown this once; a repeated request is answered without it. */
export function Once({ name, password }: { name: string; password: string | null }) {
  return password === null ? (
    <Alert type="warning" showIcon title={`${name} 的密码先前已经显示过。如未记下，请重设密码。`} />
  ) : (
    <Alert
      type="success"
      showIcon
      title={`${name} 的密码，只显示这一次`}
      description={
        <>
          <Typography.Text copyable code>
            {password}
          </Typography.Text>
          <div className="tiny">请当面或用可靠方式交给本人，并提醒其登录后修改。离开本页后不能再查看。</div>
        </>
      }
    />
  )
}
