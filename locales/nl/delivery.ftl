# Why an order, or something told about one, did not get through. The keys and variables are those of ../en/delivery.ftl.
