import type { RouteObject } from 'react-router'
import type { NavItem } from '../../kit/panels.tsx'

const rules = async () => ({ Component: (await import('./RulesPage.tsx')).RulesPage })

export const routes: RouteObject[] = [
  { path: 'accounts', lazy: async () => ({ Component: (await import('./AccountsPage.tsx')).AccountsPage }) },
  { path: 'account/:id', lazy: async () => ({ Component: (await import('./AccountPage.tsx')).AccountPage }) },
  { path: 'rules', lazy: rules },
  { path: 'rule/:id', lazy: rules },
  { path: 'password', lazy: async () => ({ Component: (await import('./PasswordPage.tsx')).PasswordPage }) },
]

export const nav: NavItem[] = [
  { group: '管理', order: 1, path: '/accounts', label: '账号', permission: 'account.administer' },
  { group: '管理', order: 2, path: '/rules', label: '规则库', permission: 'rule.read' },
]
