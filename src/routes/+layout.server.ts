import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { account } }) => ({
	account: account && { name: account.name, email: account.email }
});
