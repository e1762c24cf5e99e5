// Messages and the facts that the domain keeps of them share their names. Here a bare name is the message; the fact is
// said with Facts in front.
global using CandidateBuilt = Moss.Contracts.Trials.CandidateBuilt;
global using CandidatePromoted = Moss.Contracts.Deployment.CandidatePromoted;
global using CandidateRefused = Moss.Contracts.Trials.CandidateRefused;
global using ChangeRebased = Moss.Contracts.Implementation.ChangeRebased;
global using FaultLocated = Moss.Contracts.Planning.FaultLocated;
global using Facts = Moss.Domain.Evolution;
global using PlanApproved = Moss.Contracts.Planning.PlanApproved;
global using PlanDrafted = Moss.Contracts.Planning.PlanDrafted;
global using PlanRejected = Moss.Contracts.Planning.PlanRejected;
global using PromotionRefused = Moss.Contracts.Deployment.PromotionRefused;
global using PromotionRolledBack = Moss.Contracts.Deployment.PromotionRolledBack;
global using RebaseRefused = Moss.Contracts.Implementation.RebaseRefused;
global using RoleFailed = Moss.Contracts.Planning.RoleFailed;
global using TrialsCompleted = Moss.Contracts.Trials.TrialsCompleted;
global using TrialsJudged = Moss.Contracts.Trials.TrialsJudged;
global using VerdictProposed = Moss.Contracts.Planning.VerdictProposed;
