import type { Permission } from '@plumbline/core/access'
import { Button, Input } from 'antd'
import { type ComponentType, type ReactNode, useState } from 'react'
import { mayOpen, useSession } from '../session.tsx'
import { Page } from './Page.tsx'

export interface RegisterPageProps {
  title: string
  lead?: ReactNode
  /** What enters a new one: the words on its button, who is offered it, and the dialog. */
  entry: { label: string; permission: Permission; Form: ComponentType<{ onClose: () => void }> }
  children: ReactNode
}

/** The page of a register: its list, and the button that enters a new one. */
export function RegisterPage({ title, lead, entry: { label, permission, Form }, children }: RegisterPageProps) {
  const session = useSession()
  const [adding, setAdding] = useState(false)
  const button = (
    <Button type="primary" onClick={() => setAdding(true)}>
      {label}
    </Button>
  )
  return (
    <Page title={title} lead={lead} actions={mayOpen(session, permission) && button}>
      {children}
      {adding && <Form onClose={() => setAdding(false)} />}
    </Page>
  )
}

export interface FindBoxProps {
  label: string
  placeholder: string
  value: string | undefined
  onFind: (words: string | undefined) => void
}

/** The search of a register's list: words of the address, or none. */
export const FindBox = ({ label, placeholder, value, onFind }: FindBoxProps) => (
  <Input.Search
    key={value ?? ''}
    style={{ width: 280 }}
    aria-label={label}
    placeholder={placeholder}
    defaultValue={value}
    maxLength={60}
    allowClear
    onSearch={(words) => onFind(words.trim() || undefined)}
  />
)
