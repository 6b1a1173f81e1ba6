CREATE TABLE "idea_pages" (
	"account_id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"published" boolean NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "idea_pages_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "ideas" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"workshop_id" text,
	"board_id" text NOT NULL,
	"card_id" text NOT NULL,
	"participant_id" text,
	"consent" text NOT NULL,
	"published" boolean NOT NULL,
	"idea" jsonb,
	"found" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"answered_at" bigint
);
--> statement-breakpoint
CREATE TABLE "summaries" (
	"workshop_id" text PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"version" integer NOT NULL,
	"logo" "bytea",
	"logo_type" text
);
--> statement-breakpoint
CREATE TABLE "summary_links" (
	"id" text PRIMARY KEY NOT NULL,
	"workshop_id" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "summary_links_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
ALTER TABLE "idea_pages" ADD CONSTRAINT "idea_pages_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ideas" ADD CONSTRAINT "ideas_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ideas" ADD CONSTRAINT "ideas_workshop_id_workshops_id_fk" FOREIGN KEY ("workshop_id") REFERENCES "public"."workshops"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ideas" ADD CONSTRAINT "ideas_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "summaries" ADD CONSTRAINT "summaries_workshop_id_workshops_id_fk" FOREIGN KEY ("workshop_id") REFERENCES "public"."workshops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "summary_links" ADD CONSTRAINT "summary_links_workshop_id_workshops_id_fk" FOREIGN KEY ("workshop_id") REFERENCES "public"."workshops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "ideas_board_id_card_id_index" ON "ideas" USING btree ("board_id","card_id");--> statement-breakpoint
CREATE INDEX "ideas_account_id_index" ON "ideas" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "summary_links_workshop_id_index" ON "summary_links" USING btree ("workshop_id");