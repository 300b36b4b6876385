import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { isTheme, themeCookie } from '../theme.ts'

export const loader = () => redirect('/')

export const action = async ({ request, context }: ActionFunctionArgs) => {
  const theme = (await request.formData()).get('theme')
  if (!isTheme(theme)) throw new Response('There is no such theme.\n', { status: 400 })
  return redirect('/', { headers: { 'set-cookie': themeCookie(theme, context.secure) } })
}
