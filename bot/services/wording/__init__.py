"""The wording of the bot's answers, as trainers edit it."""
