import { Button } from 'antd'
import { useState } from 'react'

/** A text to be carried elsewhere, with a button that copies it; it can be marked by hand where copying is not allowed. */
export function Copied({ text, label }: { text: string; label: string }) {
  const [done, setDone] = useState<boolean>()
  const copy = () =>
    navigator.clipboard
      ?.writeText(text)
      .then(() => setDone(true))
      .catch(() => setDone(false)) ?? setDone(false)
  return (
    <div className="copied">
      <code className="code-block">{text}</code>
      <Button size="small" onClick={() => void copy()}>
        {label}
      </Button>
      <span role="status" className="tiny muted">
        {done === true && '已复制'}
        {done === false && '浏览器不允许复制，请手工选取'}
      </span>
    </div>
  )
}
