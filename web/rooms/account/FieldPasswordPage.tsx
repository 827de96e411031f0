import { TopBar } from '../../field/Shell.tsx'
import { Section } from '../../kit/ui/index.ts'
import { PasswordForm } from './PasswordPage.tsx'

/** 修改密码 on the phone. */
export function FieldPasswordPage() {
  return (
    <div className="field-stack">
      <TopBar title="修改密码" back="/mine" />
      <Section title="本人密码" padded>
        <PasswordForm />
      </Section>
    </div>
  )
}
