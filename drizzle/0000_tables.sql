CREATE TABLE "accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "accounts_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "actions" (
	"board_id" text NOT NULL,
	"id" text NOT NULL,
	"what" text NOT NULL,
	"who" text NOT NULL,
	"when" text NOT NULL,
	"card_id" text,
	"participant_id" text,
	"account_id" text,
	"at" bigint NOT NULL,
	CONSTRAINT "actions_board_id_id_pk" PRIMARY KEY("board_id","id")
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"hash" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "authors" (
	"board_id" text NOT NULL,
	"key" text NOT NULL,
	"participant_id" text NOT NULL,
	"map_update" "bytea" NOT NULL,
	CONSTRAINT "authors_board_id_participant_id_pk" PRIMARY KEY("board_id","participant_id")
);
--> statement-breakpoint
CREATE TABLE "boards" (
	"id" text PRIMARY KEY NOT NULL,
	"workshop_id" text NOT NULL,
	"exercise" jsonb NOT NULL,
	"epoch" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "client_ids" (
	"board_id" text NOT NULL,
	"client_id" bigint NOT NULL,
	"holder" text,
	CONSTRAINT "client_ids_board_id_client_id_pk" PRIMARY KEY("board_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "commands" (
	"workshop_id" text NOT NULL,
	"id" text NOT NULL,
	"outcome" jsonb NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "commands_workshop_id_id_pk" PRIMARY KEY("workshop_id","id")
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"board_id" text NOT NULL,
	"id" text NOT NULL,
	"card_id" text NOT NULL,
	"participant_id" text,
	"account_id" text,
	"text" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "comments_board_id_id_pk" PRIMARY KEY("board_id","id")
);
--> statement-breakpoint
CREATE TABLE "invites" (
	"hash" text PRIMARY KEY NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "participant_tokens" (
	"hash" text PRIMARY KEY NOT NULL,
	"participant_id" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "participants" (
	"id" text PRIMARY KEY NOT NULL,
	"workshop_id" text NOT NULL,
	"name" text NOT NULL,
	"account_id" text,
	"joined_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "removed_cards" (
	"board_id" text NOT NULL,
	"card_id" text NOT NULL,
	"participant_id" text NOT NULL,
	"card" jsonb NOT NULL,
	"why" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "removed_cards_board_id_card_id_pk" PRIMARY KEY("board_id","card_id")
);
--> statement-breakpoint
CREATE TABLE "rows" (
	"board_id" text NOT NULL,
	"seq" integer NOT NULL,
	"checksum" integer NOT NULL,
	"entries" "bytea" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "rows_board_id_seq_pk" PRIMARY KEY("board_id","seq")
);
--> statement-breakpoint
CREATE TABLE "rows_set_aside" (
	"board_id" text NOT NULL,
	"seq" integer NOT NULL,
	"entries" "bytea",
	"at" bigint NOT NULL,
	CONSTRAINT "rows_set_aside_board_id_seq_pk" PRIMARY KEY("board_id","seq")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "votes" (
	"board_id" text NOT NULL,
	"participant_id" text NOT NULL,
	"target" text NOT NULL,
	"is_group" boolean NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "votes_board_id_participant_id_target_pk" PRIMARY KEY("board_id","participant_id","target")
);
--> statement-breakpoint
CREATE TABLE "workshops" (
	"id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"owner_id" text NOT NULL,
	"screen_secret" text NOT NULL,
	"state" jsonb NOT NULL,
	"version" integer NOT NULL,
	"created_at" bigint NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	CONSTRAINT "workshops_code_unique" UNIQUE("code")
);
--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authors" ADD CONSTRAINT "authors_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authors" ADD CONSTRAINT "authors_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "boards" ADD CONSTRAINT "boards_workshop_id_workshops_id_fk" FOREIGN KEY ("workshop_id") REFERENCES "public"."workshops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_ids" ADD CONSTRAINT "client_ids_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commands" ADD CONSTRAINT "commands_workshop_id_workshops_id_fk" FOREIGN KEY ("workshop_id") REFERENCES "public"."workshops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participant_tokens" ADD CONSTRAINT "participant_tokens_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_workshop_id_workshops_id_fk" FOREIGN KEY ("workshop_id") REFERENCES "public"."workshops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "removed_cards" ADD CONSTRAINT "removed_cards_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rows" ADD CONSTRAINT "rows_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rows_set_aside" ADD CONSTRAINT "rows_set_aside_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workshops" ADD CONSTRAINT "workshops_owner_id_accounts_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "boards_workshop_id_index" ON "boards" USING btree ("workshop_id");--> statement-breakpoint
CREATE INDEX "participants_workshop_id_index" ON "participants" USING btree ("workshop_id");