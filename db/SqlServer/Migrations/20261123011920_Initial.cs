using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlPlane.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    prefix = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    secret_hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    role = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    created_by = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    last_used_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    revoked_at = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    actor_kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    actor = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    address = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    action = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    subject = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    reason = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    detail_json = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "environments",
                columns: table => new
                {
                    name = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    required_approvals = table.Column<int>(type: "int", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_environments", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "first_administrators",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_first_administrators", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "models",
                columns: table => new
                {
                    name = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    description = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    created_by = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_models", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "outcomes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    report_digest = table.Column<string>(type: "nvarchar(71)", maxLength: 71, nullable: false),
                    prediction_id = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    model = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    routing_key = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    name = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    value = table.Column<double>(type: "float", nullable: false),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    received_at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outcomes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "people",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    display_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    roles = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    user_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "bit", nullable: false),
                    password_hash = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    security_stamp = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    phone_number = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "bit", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "bit", nullable: false),
                    lockout_end = table.Column<DateTime>(type: "datetime2", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "bit", nullable: false),
                    access_failed_count = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "split_changes",
                columns: table => new
                {
                    environment = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    model = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    generation = table.Column<long>(type: "bigint", nullable: false),
                    champion = table.Column<int>(type: "int", nullable: false),
                    rollout_id = table.Column<long>(type: "bigint", nullable: true),
                    requested_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    saved_milliseconds = table.Column<double>(type: "float", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_split_changes", x => new { x.environment, x.model, x.generation });
                });

            migrationBuilder.CreateTable(
                name: "windows",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    node_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    incarnation = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    environment = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    model = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    role = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    segment = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    start = table.Column<DateTime>(type: "datetime2", nullable: false),
                    seconds = table.Column<int>(type: "int", nullable: false),
                    counts = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    requests = table.Column<long>(type: "bigint", nullable: false),
                    predictions = table.Column<long>(type: "bigint", nullable: false),
                    failed_requests = table.Column<long>(type: "bigint", nullable: false),
                    mirror_dropped = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_windows", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "nodes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    environment = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    address = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    key = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    incarnation = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    program_version = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    runtime_version = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    cores = table.Column<int>(type: "int", nullable: false),
                    memory_bytes = table.Column<long>(type: "bigint", nullable: false),
                    resident_bytes = table.Column<long>(type: "bigint", nullable: false),
                    ready = table.Column<bool>(type: "bit", nullable: false),
                    enlisted_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    last_report_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    placements = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    generations = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_nodes", x => x.id);
                    table.ForeignKey(
                        name: "fk_nodes_environments_environment",
                        column: x => x.environment,
                        principalTable: "environments",
                        principalColumn: "name",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "versions",
                columns: table => new
                {
                    model = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    status = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    release_digest = table.Column<string>(type: "nvarchar(71)", maxLength: 71, nullable: false),
                    artifact_digest = table.Column<string>(type: "nvarchar(71)", maxLength: 71, nullable: false),
                    artifact_bytes = table.Column<long>(type: "bigint", nullable: false),
                    contract_json = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    contract_inferred = table.Column<bool>(type: "bit", nullable: false),
                    golden_digest = table.Column<string>(type: "nvarchar(71)", maxLength: 71, nullable: true),
                    golden_rows = table.Column<int>(type: "int", nullable: false),
                    notes = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    checks = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    operators = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    engine = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true),
                    check_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    check_node_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    check_assigned_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    created_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    created_by = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_versions", x => new { x.model, x.version });
                    table.ForeignKey(
                        name: "fk_versions_models_model",
                        column: x => x.model,
                        principalTable: "models",
                        principalColumn: "name",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "person_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    claim_type = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    claim_value = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_person_claims_people_user_id",
                        column: x => x.user_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "person_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false),
                    provider_key = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false),
                    provider_display_name = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_person_logins_people_user_id",
                        column: x => x.user_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "person_tokens",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    login_provider = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false),
                    name = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false),
                    value = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_person_tokens_people_user_id",
                        column: x => x.user_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "split_acknowledgements",
                columns: table => new
                {
                    environment = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    model = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    generation = table.Column<long>(type: "bigint", nullable: false),
                    node = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    acknowledged_milliseconds = table.Column<double>(type: "float", nullable: true),
                    reason = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_split_acknowledgements", x => new { x.environment, x.model, x.generation, x.node });
                    table.ForeignKey(
                        name: "fk_split_acknowledgements_splitchanges_environment_model_generation",
                        columns: x => new { x.environment, x.model, x.generation },
                        principalTable: "split_changes",
                        principalColumns: new[] { "environment", "model", "generation" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "releases",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    environment = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    model = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    release_digest = table.Column<string>(type: "nvarchar(71)", maxLength: 71, nullable: false),
                    served_from = table.Column<DateTime>(type: "datetime2", nullable: false),
                    served_until = table.Column<DateTime>(type: "datetime2", nullable: true),
                    cause = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    by = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    reason = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    rollout_id = table.Column<long>(type: "bigint", nullable: true),
                    generation = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_releases", x => x.id);
                    table.ForeignKey(
                        name: "fk_releases_versions_model_version",
                        columns: x => new { x.model, x.version },
                        principalTable: "versions",
                        principalColumns: new[] { "model", "version" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "rollouts",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    model = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    environment = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    release_digest = table.Column<string>(type: "nvarchar(71)", maxLength: 71, nullable: false),
                    champion = table.Column<int>(type: "int", nullable: true),
                    plan = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    required_approvals = table.Column<int>(type: "int", nullable: false),
                    approvals = table.Column<int>(type: "int", nullable: false),
                    phase = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    step = table.Column<int>(type: "int", nullable: false),
                    step_began_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    salt = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    reason = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    roll_back_generation = table.Column<long>(type: "bigint", nullable: true),
                    created_by = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    changed_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    stamp = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    open_slot = table.Column<string>(type: "nvarchar(129)", maxLength: 129, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rollouts", x => x.id);
                    table.ForeignKey(
                        name: "fk_rollouts_environments_environment",
                        column: x => x.environment,
                        principalTable: "environments",
                        principalColumn: "name",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_rollouts_versions_model_version",
                        columns: x => new { x.model, x.version },
                        principalTable: "versions",
                        principalColumns: new[] { "model", "version" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "splits",
                columns: table => new
                {
                    environment = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    model = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    generation = table.Column<long>(type: "bigint", nullable: false),
                    champion = table.Column<int>(type: "int", nullable: false),
                    previous_champion = table.Column<int>(type: "int", nullable: true),
                    shares = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    mirrors = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    salt = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    changed_at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_splits", x => new { x.environment, x.model });
                    table.ForeignKey(
                        name: "fk_splits_environments_environment",
                        column: x => x.environment,
                        principalTable: "environments",
                        principalColumn: "name",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_splits_versions_model_champion",
                        columns: x => new { x.model, x.champion },
                        principalTable: "versions",
                        principalColumns: new[] { "model", "version" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "gate_evaluations",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    rollout_id = table.Column<long>(type: "bigint", nullable: false),
                    step = table.Column<int>(type: "int", nullable: false),
                    gate_index = table.Column<int>(type: "int", nullable: false),
                    outcome = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    verdict = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    inputs_json = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_gate_evaluations", x => x.id);
                    table.ForeignKey(
                        name: "fk_gate_evaluations_rollouts_rollout_id",
                        column: x => x.rollout_id,
                        principalTable: "rollouts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "rollout_history",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    rollout_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    by = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    what = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    phase = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    step = table.Column<int>(type: "int", nullable: false),
                    reason = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rollout_history", x => x.id);
                    table.ForeignKey(
                        name: "fk_rollout_history_rollouts_rollout_id",
                        column: x => x.rollout_id,
                        principalTable: "rollouts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "environments",
                columns: new[] { "name", "created_at", "required_approvals" },
                values: new object[] { "production", new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Utc), 0 });

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_prefix",
                table: "api_keys",
                column: "prefix");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_at",
                table: "audit_entries",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_subject",
                table: "audit_entries",
                column: "subject");

            migrationBuilder.CreateIndex(
                name: "ix_gate_evaluations_rollout_id_gate_index_at",
                table: "gate_evaluations",
                columns: new[] { "rollout_id", "gate_index", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_nodes_environment_name",
                table: "nodes",
                columns: new[] { "environment", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outcomes_at",
                table: "outcomes",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_outcomes_model_routing_key",
                table: "outcomes",
                columns: new[] { "model", "routing_key" });

            migrationBuilder.CreateIndex(
                name: "ix_outcomes_prediction_id",
                table: "outcomes",
                column: "prediction_id");

            migrationBuilder.CreateIndex(
                name: "ix_outcomes_report_digest",
                table: "outcomes",
                column: "report_digest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_people_normalized_email",
                table: "people",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "ix_people_normalized_user_name",
                table: "people",
                column: "normalized_user_name",
                unique: true,
                filter: "[normalized_user_name] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_person_claims_user_id",
                table: "person_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_person_logins_user_id",
                table: "person_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_releases_environment_model_served_from",
                table: "releases",
                columns: new[] { "environment", "model", "served_from" });

            migrationBuilder.CreateIndex(
                name: "ix_releases_model_version",
                table: "releases",
                columns: new[] { "model", "version" });

            migrationBuilder.CreateIndex(
                name: "ix_releases_served_from",
                table: "releases",
                column: "served_from");

            migrationBuilder.CreateIndex(
                name: "ix_rollout_history_rollout_id",
                table: "rollout_history",
                column: "rollout_id");

            migrationBuilder.CreateIndex(
                name: "ix_rollouts_environment_model",
                table: "rollouts",
                columns: new[] { "environment", "model" });

            migrationBuilder.CreateIndex(
                name: "ix_rollouts_model_version",
                table: "rollouts",
                columns: new[] { "model", "version" });

            migrationBuilder.CreateIndex(
                name: "ix_rollouts_open_slot",
                table: "rollouts",
                column: "open_slot",
                unique: true,
                filter: "[open_slot] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_splits_model_champion",
                table: "splits",
                columns: new[] { "model", "champion" });

            migrationBuilder.CreateIndex(
                name: "ix_versions_model_release_digest",
                table: "versions",
                columns: new[] { "model", "release_digest" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_versions_status",
                table: "versions",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "ix_windows_environment_model_start",
                table: "windows",
                columns: new[] { "environment", "model", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_windows_node_id_incarnation_start_model_version_role_segment",
                table: "windows",
                columns: new[] { "node_id", "incarnation", "start", "model", "version", "role", "segment" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_windows_start",
                table: "windows",
                column: "start");

            // The audit trail is append-only for everybody who comes through the database, not only for this program.
            migrationBuilder.Sql("""
                EXEC(N'CREATE TRIGGER audit_entries_append_only ON audit_entries INSTEAD OF UPDATE, DELETE AS
                BEGIN
                    THROW 51000, ''audit_entries is append-only'', 1;
                END;');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "first_administrators");

            migrationBuilder.DropTable(
                name: "gate_evaluations");

            migrationBuilder.DropTable(
                name: "nodes");

            migrationBuilder.DropTable(
                name: "outcomes");

            migrationBuilder.DropTable(
                name: "person_claims");

            migrationBuilder.DropTable(
                name: "person_logins");

            migrationBuilder.DropTable(
                name: "person_tokens");

            migrationBuilder.DropTable(
                name: "releases");

            migrationBuilder.DropTable(
                name: "rollout_history");

            migrationBuilder.DropTable(
                name: "split_acknowledgements");

            migrationBuilder.DropTable(
                name: "splits");

            migrationBuilder.DropTable(
                name: "windows");

            migrationBuilder.DropTable(
                name: "people");

            migrationBuilder.DropTable(
                name: "rollouts");

            migrationBuilder.DropTable(
                name: "split_changes");

            migrationBuilder.DropTable(
                name: "environments");

            migrationBuilder.DropTable(
                name: "versions");

            migrationBuilder.DropTable(
                name: "models");
        }
    }
}
