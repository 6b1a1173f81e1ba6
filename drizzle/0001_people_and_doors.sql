CREATE TABLE "audit" (
	"id" text PRIMARY KEY NOT NULL,
	"workshop_id" text NOT NULL,
	"at" bigint NOT NULL,
	"account_id" text,
	"deed" text NOT NULL,
	"about" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cofacilitator_invites" (
	"hash" text PRIMARY KEY NOT NULL,
	"workshop_id" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "cofacilitators" (
	"workshop_id" text NOT NULL,
	"account_id" text NOT NULL,
	"added_at" bigint NOT NULL,
	CONSTRAINT "cofacilitators_workshop_id_account_id_pk" PRIMARY KEY("workshop_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" jsonb NOT NULL,
	"label" text NOT NULL,
	"created_at" bigint NOT NULL,
	"last_used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "retired_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "id" text;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "label" text;--> statement-breakpoint
UPDATE "api_tokens" SET "id" = substr("hash", 1, 21), "label" = 'API';--> statement-breakpoint
ALTER TABLE "api_tokens" ALTER COLUMN "id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "api_tokens" ALTER COLUMN "label" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "last_used_at" bigint;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "removed_at" bigint;--> statement-breakpoint
ALTER TABLE "workshops" ADD COLUMN "deleted_at" bigint;--> statement-breakpoint
ALTER TABLE "audit" ADD CONSTRAINT "audit_workshop_id_workshops_id_fk" FOREIGN KEY ("workshop_id") REFERENCES "public"."workshops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cofacilitator_invites" ADD CONSTRAINT "cofacilitator_invites_workshop_id_workshops_id_fk" FOREIGN KEY ("workshop_id") REFERENCES "public"."workshops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cofacilitators" ADD CONSTRAINT "cofacilitators_workshop_id_workshops_id_fk" FOREIGN KEY ("workshop_id") REFERENCES "public"."workshops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cofacilitators" ADD CONSTRAINT "cofacilitators_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_workshop_id_at_index" ON "audit" USING btree ("workshop_id","at");--> statement-breakpoint
CREATE INDEX "cofacilitators_account_id_index" ON "cofacilitators" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "passkeys_account_id_index" ON "passkeys" USING btree ("account_id");--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_id_unique" UNIQUE("id");--> statement-breakpoint
UPDATE "workshops" SET "state" = "state" || '{"doors":"open","retentionDays":null}'::jsonb;
