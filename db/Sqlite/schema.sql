CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

BEGIN TRANSACTION;
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL CONSTRAINT "pk_api_keys" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "secret_hash" BLOB NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "last_used_at" TEXT NULL,
    "revoked_at" TEXT NULL
);

CREATE TABLE "audit_entries" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_audit_entries" PRIMARY KEY AUTOINCREMENT,
    "at" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "address" TEXT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "reason" TEXT NULL,
    "detail_json" TEXT NULL
);

CREATE TABLE "environments" (
    "name" TEXT NOT NULL CONSTRAINT "pk_environments" PRIMARY KEY,
    "required_approvals" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL
);

CREATE TABLE "first_administrators" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_first_administrators" PRIMARY KEY,
    "person_id" TEXT NOT NULL,
    "created_at" TEXT NOT NULL
);

CREATE TABLE "models" (
    "name" TEXT NOT NULL CONSTRAINT "pk_models" PRIMARY KEY,
    "description" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "created_by" TEXT NOT NULL
);

CREATE TABLE "outcomes" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_outcomes" PRIMARY KEY AUTOINCREMENT,
    "report_digest" TEXT NOT NULL,
    "prediction_id" TEXT NULL,
    "model" TEXT NULL,
    "routing_key" TEXT NULL,
    "name" TEXT NOT NULL,
    "value" REAL NOT NULL,
    "at" TEXT NOT NULL,
    "received_at" TEXT NOT NULL
);

CREATE TABLE "people" (
    "id" TEXT NOT NULL CONSTRAINT "pk_people" PRIMARY KEY,
    "display_name" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "user_name" TEXT NULL,
    "normalized_user_name" TEXT NULL,
    "email" TEXT NULL,
    "normalized_email" TEXT NULL,
    "email_confirmed" INTEGER NOT NULL,
    "password_hash" TEXT NULL,
    "security_stamp" TEXT NULL,
    "concurrency_stamp" TEXT NULL,
    "phone_number" TEXT NULL,
    "phone_number_confirmed" INTEGER NOT NULL,
    "two_factor_enabled" INTEGER NOT NULL,
    "lockout_end" TEXT NULL,
    "lockout_enabled" INTEGER NOT NULL,
    "access_failed_count" INTEGER NOT NULL
);

CREATE TABLE "split_changes" (
    "environment" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "champion" INTEGER NOT NULL,
    "rollout_id" INTEGER NULL,
    "requested_at" TEXT NOT NULL,
    "saved_milliseconds" REAL NOT NULL,
    CONSTRAINT "pk_split_changes" PRIMARY KEY ("environment", "model", "generation")
);

CREATE TABLE "windows" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_windows" PRIMARY KEY AUTOINCREMENT,
    "node_id" TEXT NOT NULL,
    "incarnation" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "segment" TEXT NOT NULL,
    "start" TEXT NOT NULL,
    "seconds" INTEGER NOT NULL,
    "counts" TEXT NOT NULL,
    "requests" INTEGER NOT NULL,
    "predictions" INTEGER NOT NULL,
    "failed_requests" INTEGER NOT NULL,
    "mirror_dropped" INTEGER NOT NULL
);

CREATE TABLE "nodes" (
    "id" TEXT NOT NULL CONSTRAINT "pk_nodes" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "incarnation" TEXT NOT NULL,
    "program_version" TEXT NOT NULL,
    "runtime_version" TEXT NOT NULL,
    "cores" INTEGER NOT NULL,
    "memory_bytes" INTEGER NOT NULL,
    "resident_bytes" INTEGER NOT NULL,
    "ready" INTEGER NOT NULL,
    "enlisted_at" TEXT NOT NULL,
    "last_report_at" TEXT NOT NULL,
    "placements" TEXT NOT NULL,
    "generations" TEXT NOT NULL,
    CONSTRAINT "fk_nodes_environments_environment" FOREIGN KEY ("environment") REFERENCES "environments" ("name") ON DELETE RESTRICT
);

CREATE TABLE "versions" (
    "model" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "release_digest" TEXT NOT NULL,
    "artifact_digest" TEXT NOT NULL,
    "artifact_bytes" INTEGER NOT NULL,
    "contract_json" TEXT NOT NULL,
    "contract_inferred" INTEGER NOT NULL,
    "golden_digest" TEXT NULL,
    "golden_rows" INTEGER NOT NULL,
    "notes" TEXT NOT NULL,
    "checks" TEXT NOT NULL,
    "operators" TEXT NOT NULL,
    "engine" TEXT NULL,
    "check_id" TEXT NOT NULL,
    "check_node_id" TEXT NULL,
    "check_assigned_at" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    CONSTRAINT "pk_versions" PRIMARY KEY ("model", "version"),
    CONSTRAINT "fk_versions_models_model" FOREIGN KEY ("model") REFERENCES "models" ("name") ON DELETE RESTRICT
);

CREATE TABLE "person_claims" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_person_claims" PRIMARY KEY AUTOINCREMENT,
    "user_id" TEXT NOT NULL,
    "claim_type" TEXT NULL,
    "claim_value" TEXT NULL,
    CONSTRAINT "fk_person_claims_people_user_id" FOREIGN KEY ("user_id") REFERENCES "people" ("id") ON DELETE CASCADE
);

CREATE TABLE "person_logins" (
    "login_provider" TEXT NOT NULL,
    "provider_key" TEXT NOT NULL,
    "provider_display_name" TEXT NULL,
    "user_id" TEXT NOT NULL,
    CONSTRAINT "pk_person_logins" PRIMARY KEY ("login_provider", "provider_key"),
    CONSTRAINT "fk_person_logins_people_user_id" FOREIGN KEY ("user_id") REFERENCES "people" ("id") ON DELETE CASCADE
);

CREATE TABLE "person_tokens" (
    "user_id" TEXT NOT NULL,
    "login_provider" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" TEXT NULL,
    CONSTRAINT "pk_person_tokens" PRIMARY KEY ("user_id", "login_provider", "name"),
    CONSTRAINT "fk_person_tokens_people_user_id" FOREIGN KEY ("user_id") REFERENCES "people" ("id") ON DELETE CASCADE
);

CREATE TABLE "split_acknowledgements" (
    "environment" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "node" TEXT NOT NULL,
    "acknowledged_milliseconds" REAL NULL,
    "reason" TEXT NULL,
    CONSTRAINT "pk_split_acknowledgements" PRIMARY KEY ("environment", "model", "generation", "node"),
    CONSTRAINT "fk_split_acknowledgements_splitchanges_environment_model_generation" FOREIGN KEY ("environment", "model", "generation") REFERENCES "split_changes" ("environment", "model", "generation") ON DELETE CASCADE
);

CREATE TABLE "releases" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_releases" PRIMARY KEY AUTOINCREMENT,
    "environment" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "release_digest" TEXT NOT NULL,
    "served_from" TEXT NOT NULL,
    "served_until" TEXT NULL,
    "cause" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "rollout_id" INTEGER NULL,
    "generation" INTEGER NOT NULL,
    CONSTRAINT "fk_releases_versions_model_version" FOREIGN KEY ("model", "version") REFERENCES "versions" ("model", "version") ON DELETE RESTRICT
);

CREATE TABLE "rollouts" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_rollouts" PRIMARY KEY AUTOINCREMENT,
    "model" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "release_digest" TEXT NOT NULL,
    "champion" INTEGER NULL,
    "plan" TEXT NOT NULL,
    "required_approvals" INTEGER NOT NULL,
    "approvals" INTEGER NOT NULL,
    "phase" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "step_began_at" TEXT NULL,
    "salt" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "roll_back_generation" INTEGER NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "stamp" TEXT NOT NULL,
    "open_slot" TEXT NULL,
    CONSTRAINT "fk_rollouts_environments_environment" FOREIGN KEY ("environment") REFERENCES "environments" ("name") ON DELETE RESTRICT,
    CONSTRAINT "fk_rollouts_versions_model_version" FOREIGN KEY ("model", "version") REFERENCES "versions" ("model", "version") ON DELETE RESTRICT
);

CREATE TABLE "splits" (
    "environment" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "champion" INTEGER NOT NULL,
    "previous_champion" INTEGER NULL,
    "shares" TEXT NOT NULL,
    "mirrors" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    CONSTRAINT "pk_splits" PRIMARY KEY ("environment", "model"),
    CONSTRAINT "fk_splits_environments_environment" FOREIGN KEY ("environment") REFERENCES "environments" ("name") ON DELETE RESTRICT,
    CONSTRAINT "fk_splits_versions_model_champion" FOREIGN KEY ("model", "champion") REFERENCES "versions" ("model", "version") ON DELETE RESTRICT
);

CREATE TABLE "gate_evaluations" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_gate_evaluations" PRIMARY KEY AUTOINCREMENT,
    "rollout_id" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "gate_index" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "inputs_json" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    CONSTRAINT "fk_gate_evaluations_rollouts_rollout_id" FOREIGN KEY ("rollout_id") REFERENCES "rollouts" ("id") ON DELETE RESTRICT
);

CREATE TABLE "rollout_history" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_rollout_history" PRIMARY KEY AUTOINCREMENT,
    "rollout_id" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    CONSTRAINT "fk_rollout_history_rollouts_rollout_id" FOREIGN KEY ("rollout_id") REFERENCES "rollouts" ("id") ON DELETE RESTRICT
);

INSERT INTO "environments" ("name", "created_at", "required_approvals")
VALUES ('production', '1970-01-01 00:00:00', 0);
SELECT changes();


CREATE INDEX "ix_api_keys_prefix" ON "api_keys" ("prefix");

CREATE INDEX "ix_audit_entries_at" ON "audit_entries" ("at");

CREATE INDEX "ix_audit_entries_subject" ON "audit_entries" ("subject");

CREATE INDEX "ix_gate_evaluations_rollout_id_gate_index_at" ON "gate_evaluations" ("rollout_id", "gate_index", "at");

CREATE UNIQUE INDEX "ix_nodes_environment_name" ON "nodes" ("environment", "name");

CREATE INDEX "ix_outcomes_at" ON "outcomes" ("at");

CREATE INDEX "ix_outcomes_model_routing_key" ON "outcomes" ("model", "routing_key");

CREATE INDEX "ix_outcomes_prediction_id" ON "outcomes" ("prediction_id");

CREATE UNIQUE INDEX "ix_outcomes_report_digest" ON "outcomes" ("report_digest");

CREATE INDEX "ix_people_normalized_email" ON "people" ("normalized_email");

CREATE UNIQUE INDEX "ix_people_normalized_user_name" ON "people" ("normalized_user_name");

CREATE INDEX "ix_person_claims_user_id" ON "person_claims" ("user_id");

CREATE INDEX "ix_person_logins_user_id" ON "person_logins" ("user_id");

CREATE INDEX "ix_releases_environment_model_served_from" ON "releases" ("environment", "model", "served_from");

CREATE INDEX "ix_releases_model_version" ON "releases" ("model", "version");

CREATE INDEX "ix_releases_served_from" ON "releases" ("served_from");

CREATE INDEX "ix_rollout_history_rollout_id" ON "rollout_history" ("rollout_id");

CREATE INDEX "ix_rollouts_environment_model" ON "rollouts" ("environment", "model");

CREATE INDEX "ix_rollouts_model_version" ON "rollouts" ("model", "version");

CREATE UNIQUE INDEX "ix_rollouts_open_slot" ON "rollouts" ("open_slot");

CREATE INDEX "ix_splits_model_champion" ON "splits" ("model", "champion");

CREATE UNIQUE INDEX "ix_versions_model_release_digest" ON "versions" ("model", "release_digest");

CREATE INDEX "ix_versions_status" ON "versions" ("status");

CREATE INDEX "ix_windows_environment_model_start" ON "windows" ("environment", "model", "start");

CREATE UNIQUE INDEX "ix_windows_node_id_incarnation_start_model_version_role_segment" ON "windows" ("node_id", "incarnation", "start", "model", "version", "role", "segment");

CREATE INDEX "ix_windows_start" ON "windows" ("start");

CREATE TRIGGER audit_entries_append_only_update BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;

CREATE TRIGGER audit_entries_append_only_delete BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261123011909_Initial', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "versions" ADD "baseline" TEXT NULL;

ALTER TABLE "versions" ADD "golden_report" TEXT NULL;

ALTER TABLE "versions" ADD "import_notes" TEXT NOT NULL DEFAULT '[]';

ALTER TABLE "rollouts" ADD "accepted_changes" TEXT NOT NULL DEFAULT '[]';

ALTER TABLE "models" ADD "compatibility" TEXT NOT NULL DEFAULT 'Backward';

CREATE TABLE "consumers" (
    "id" TEXT NOT NULL CONSTRAINT "pk_consumers" PRIMARY KEY,
    "model" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "response_major" INTEGER NOT NULL,
    "fields" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "stamp" TEXT NOT NULL,
    CONSTRAINT "fk_consumers_models_model" FOREIGN KEY ("model") REFERENCES "models" ("name") ON DELETE RESTRICT
);

CREATE TABLE "contract_drafts" (
    "id" TEXT NOT NULL CONSTRAINT "pk_contract_drafts" PRIMARY KEY,
    "model" TEXT NOT NULL,
    "artifact_digest" TEXT NULL,
    "artifact_bytes" INTEGER NOT NULL,
    "golden_digest" TEXT NULL,
    "baseline_digest" TEXT NULL,
    "contract_text" TEXT NOT NULL,
    "notes" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "import_notes" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "changed_at" TEXT NOT NULL,
    "stamp" TEXT NOT NULL,
    CONSTRAINT "fk_contract_drafts_models_model" FOREIGN KEY ("model") REFERENCES "models" ("name") ON DELETE RESTRICT
);

CREATE TABLE "acknowledgements" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_acknowledgements" PRIMARY KEY AUTOINCREMENT,
    "consumer_id" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "against" INTEGER NOT NULL,
    "changes_digest" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    CONSTRAINT "fk_acknowledgements_consumers_consumer_id" FOREIGN KEY ("consumer_id") REFERENCES "consumers" ("id") ON DELETE CASCADE
);

CREATE UNIQUE INDEX "ix_acknowledgements_consumer_id_changes_digest" ON "acknowledgements" ("consumer_id", "changes_digest");

CREATE UNIQUE INDEX "ix_consumers_model_name" ON "consumers" ("model", "name");

CREATE INDEX "ix_contract_drafts_model_changed_at" ON "contract_drafts" ("model", "changed_at");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261123035954_InferenceContract', '10.0.14');

COMMIT;

